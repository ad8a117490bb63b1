package dev.mgmt.engine.kind.archive;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.kind.archive.Manifest.Draft;
import dev.mgmt.engine.kind.archive.Manifest.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Archives with random entries and random damage: what is not refused keeps what is promised. */
class TarSimulationTest {
    private static final String[] PARTS = {"a", "b", "c", ".", "..", "", "é"};

    @Test
    void whateverAnArchiveSaysAManifestKeepsItsPromises() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("TarSimulationTest seed " + seed);
        Random random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            try {
                check(read(damaged(random, archive(random))), "seed " + seed + " round " + round);
                accepted++;
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("it"), e.toString());
            }
        }
        assertTrue(accepted > 1000, "only " + accepted + " were accepted, seed " + seed);
    }

    private static byte[] archive(Random random) {
        TarBytes archive = new TarBytes();
        for (int entries = random.nextInt(6); entries >= 0; entries--) {
            String name = name(random);
            switch (random.nextInt(6)) {
                case 0 -> archive.directory(name);
                case 1 -> archive.link(name, name(random));
                case 2 -> archive.hardLink(name, name(random));
                case 3 -> archive.pax("path=" + name).file("x", "y");
                default -> archive.file(name, "content".repeat(random.nextInt(100)));
            }
        }
        return archive.end();
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder(random.nextInt(20) == 0 ? "/" : "");
        int parts = 1 + random.nextInt(3);
        for (int i = 0; i < parts; i++) {
            int odd = random.nextInt(8) == 0 ? PARTS.length : 3;
            name.append(i == 0 ? "" : "/").append(PARTS[random.nextInt(odd)]);
        }
        return name.toString();
    }

    private static byte[] damaged(Random random, byte[] archive) {
        if (random.nextInt(3) == 0) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                archive[random.nextInt(archive.length)] = (byte) random.nextInt();
            }
        }
        return archive;
    }

    private static Manifest read(byte[] archive) throws IOException, InterruptedException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive));
        Draft draft = new Draft(0, 20, 10_000);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            draft.add(entry);
        }
        return draft.finish();
    }

    private static void check(Manifest manifest, String where) {
        Set<Path> seen = new HashSet<>();
        Path root = Path.of("/root");
        for (Map.Entry<Path, Item> entry : manifest.items().entrySet()) {
            Path path = entry.getKey();
            assertFalse(path.isAbsolute(), where);
            Path at = root.resolve(path);
            assertTrue(at.equals(at.normalize()) && at.startsWith(root), where);
            assertFalse(at.equals(root), where);
            Path parent = path.getParent();
            if (parent != null) {
                assertTrue(seen.contains(parent), where);
                assertTrue(manifest.items().get(parent) instanceof Item.Directory, where);
            }
            if (entry.getValue() instanceof Item.HardLink(Path to)) {
                assertTrue(manifest.items().get(to) instanceof Item.Regular, where);
            }
            seen.add(path);
        }
    }
}
