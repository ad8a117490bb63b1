package dev.mgmt.engine.kind.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that the real {@code tar} made, and some that it never would. */
class TarIT {
    @TempDir private Path dir;
    private GraphTester tester;
    private Path tree;
    private Path archive;
    private Path target;

    @BeforeEach
    void open() {
        tester = GraphTester.open();
        tree = dir.resolve("tree");
        archive = dir.resolve("a.tar");
        target = dir.resolve("target");
    }

    @AfterEach
    void close() {
        tester.close();
    }

    private EngineStatus unpack(String more) {
        return tester.converge(
                "graph: g\nresources:\n  tar:\n  - {name: %s, source: %s%s}\n"
                        .formatted(target, archive, more));
    }

    private EngineStatus unpack(byte[] bytes) throws IOException {
        Files.write(archive, bytes);
        return unpack("");
    }

    private static String reason(EngineStatus status) {
        return status.failures().getFirst().reason();
    }

    /** Runs a program that must succeed, and tells what it wrote. */
    private String sh(String... argv) throws IOException, InterruptedException {
        File out = dir.resolve("out").toFile();
        Process process;
        try {
            process =
                    new ProcessBuilder(argv)
                            .directory(dir.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(out)
                            .start();
        } catch (IOException e) {
            throw new AssertionError("install what has the program " + argv[0], e);
        }
        int code = process.waitFor();
        String said = Files.readString(out.toPath());
        assertEquals(0, code, String.join(" ", argv) + ": " + said);
        return said;
    }

    private void makeTree() throws IOException {
        Files.createDirectories(tree.resolve("d/empty"));
        Files.writeString(tree.resolve("d/hello"), "hello\n");
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        Files.write(tree.resolve("large"), large);
        Files.setAttribute(tree.resolve("large"), "unix:mode", 0751);
        Files.setAttribute(tree.resolve("d/empty"), "unix:mode", 0500);
        Files.createSymbolicLink(tree.resolve("link"), Path.of("d/hello"));
        Files.createSymbolicLink(tree.resolve("away"), Path.of("/etc/passwd"));
        Files.createLink(tree.resolve("z-same"), tree.resolve("large"));
    }

    private void expectTree() throws IOException, InterruptedException {
        sh("diff", "-r", "--no-dereference", tree.toString(), target.toString());
        assertEquals(listed(tree), listed(target));
    }

    /** Modes, numbers of links and times; those of directories are not kept. */
    private String listed(Path root) throws IOException, InterruptedException {
        String format = "%P %m %n %l";
        return sh(
                "sh",
                "-c",
                "cd \"$1\" && find . -mindepth 1 \\( -type f -printf '%P %m %n %T@\\n' -o -type d"
                        + " -printf '%P %m\\n' -o -printf '%P "
                        + format.substring(9)
                        + "\\n' \\) | sed 's/[.][0-9]*$//' | sort",
                "sh",
                root.toString());
    }

    @Test
    void whatEachFormatPacksIsUnpackedAsItWas() throws IOException, InterruptedException {
        makeTree();
        for (String format : List.of("gnu", "pax", "ustar", "v7")) {
            target = dir.resolve(format);
            sh("tar", "--format=" + format, "-C", tree.toString(), "-cf", archive.toString(), ".");
            assertEquals(List.of(), unpack("").failures(), format);
            expectTree();
        }
    }

    @Test
    void longNamesAreUnpackedWhateverTheFormat() throws IOException, InterruptedException {
        Path deep = tree.resolve("x".repeat(120)).resolve("y".repeat(200));
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("z".repeat(150)), "here");
        Files.createSymbolicLink(tree.resolve("l"), Path.of("q".repeat(180)));
        for (String format : List.of("gnu", "pax")) {
            target = dir.resolve(format);
            sh("tar", "--format=" + format, "-C", tree.toString(), "-cf", archive.toString(), ".");
            assertEquals(List.of(), unpack("").failures(), format);
            expectTree();
        }
    }

    @Test
    void packedArchivesAreUnpackedByJavaOrTheHost() throws IOException, InterruptedException {
        makeTree();
        for (String packing : List.of("gzip", "xz", "zstd", "bzip2")) {
            target = dir.resolve(packing);
            sh("tar", "--" + packing, "-C", tree.toString(), "-cf", archive.toString(), ".");
            assertEquals(List.of(), unpack("").failures(), packing);
            expectTree();
        }
    }

    @Test
    void aDamagedPackingIsNoticedBeforeAnythingIsWritten()
            throws IOException, InterruptedException {
        makeTree();
        for (String packing : List.of("gzip", "xz", "zstd", "bzip2")) {
            target = dir.resolve(packing);
            sh("tar", "--" + packing, "-C", tree.toString(), "-cf", archive.toString(), ".");
            byte[] bytes = Files.readAllBytes(archive);
            bytes[bytes.length / 2] ^= 0x55;
            String reason = reason(unpack(bytes));
            assertTrue(reason.startsWith("cannot unpack " + archive + ": "), reason);
            Files.write(archive, Arrays.copyOf(bytes, bytes.length / 3));
            assertTrue(reason(unpack(", strip: 0")).startsWith("cannot unpack "), packing);
            assertFalse(Files.exists(target.resolve("large")), packing);
        }
    }

    @Test
    void aSecondLookChangesNothing() throws IOException, InterruptedException {
        makeTree();
        sh("tar", "-C", tree.toString(), "-czf", archive.toString(), ".");
        unpack("");
        tester.close();
        tester = GraphTester.open();
        EngineStatus status = unpack("");
        assertEquals(1, status.counts().good());
        assertEquals(0, status.counts().changed());
        assertEquals(List.of(), tester.events(EngineEvent.Applied.class));
    }

    @Test
    void whateverIsChangedIsPutRight() throws IOException, InterruptedException {
        makeTree();
        sh("tar", "-C", tree.toString(), "-cf", archive.toString(), ".");
        unpack("");
        sh(
                "sh",
                "-c",
                "cd target && touch mine && cp large copy && mv copy z-same && rm d/hello && ln -sfn"
                        + " nowhere link && chmod 0700 d && chmod 0777 d/empty && printf X | dd"
                        + " of=large bs=1 seek=250000 conv=notrunc");
        tester.await("large", () -> same("large"));
        tester.await("the rest", () -> same("d/hello") && links("z-same"));
        tester.await("the modes", () -> sameMode("d") && sameMode("d/empty"));
        tester.awaitIdle();
        assertTrue(Files.exists(target.resolve("mine")), "others' files stay");
        Files.delete(target.resolve("mine"));
        expectTree();
    }

    private boolean sameMode(String file) {
        try {
            return Files.getAttribute(tree.resolve(file), "unix:mode")
                    .equals(Files.getAttribute(target.resolve(file), "unix:mode"));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean same(String file) {
        try {
            return Files.mismatch(tree.resolve(file), target.resolve(file)) == -1;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean links(String file) {
        try {
            return Files.isSameFile(target.resolve(file), target.resolve("large"));
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aNewArchiveIsUnpackedAndWhatItLacksStays() throws IOException {
        unpack(new TarBytes().file("a", "one").file("b", "two").end());
        Files.write(archive, new TarBytes().file("a", "three").end());
        tester.await("the new content", () -> "three".equals(read("a")));
        assertEquals("two", read("b"));
    }

    private String read(String file) {
        try {
            return Files.readString(target.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void underNoopItIsSaidWhatWouldChange() throws IOException {
        Files.write(
                archive,
                new TarBytes().directory("d").file("d/a", "x").file("b", "y").link("l", "b").end());
        Files.createDirectories(target);
        Files.writeString(target.resolve("b"), "z");
        noop();
        assertEquals(1, unpack("").counts().wouldChange());
        List<String> told = new ArrayList<>();
        for (EngineEvent.WouldApply would : tester.events(EngineEvent.WouldApply.class)) {
            told.add(would.property() + " " + would.detail().replace(target + "/", ""));
        }
        assertEquals(
                List.of(
                        "state d: absent → exists",
                        "content d/a: new",
                        "content b: replaced",
                        "target l: → b"),
                told.subList(0, 4));
        assertEquals("z", read("b"));
        assertFalse(Files.exists(target.resolve("d")));
    }

    @Test
    void underNoopAnArchiveMayYetBeMissing() {
        noop();
        EngineStatus status = unpack("");
        assertEquals(1, status.counts().wouldChange());
        assertEquals(
                target + ": " + archive + " is not there yet",
                tester.events(EngineEvent.WouldApply.class).getFirst().detail());
    }

    private void noop() {
        tester.close();
        tester =
                GraphTester.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), new MemoryWorld());
    }

    @Test
    void ofManyFilesTheFirstAreNamedAndTheOthersCounted() throws IOException {
        TarBytes bytes = new TarBytes();
        for (int i = 0; i < 30; i++) {
            bytes.file("f" + i, "x");
        }
        unpack(bytes.end());
        List<EngineEvent.Applied> told = tester.events(EngineEvent.Applied.class);
        assertEquals("and 11 more", told.get(20).detail());
    }

    @Test
    void leadingPartsAreStrippedAndOwnersSet() throws IOException {
        Files.write(
                archive,
                new TarBytes().directory("v1/").file("v1/bin/x", "x").file("LICENSE", "").end());
        assertEquals(List.of(), unpack(", strip: 1, owner: 54321, group: 54322").failures());
        assertEquals("x", read("bin/x"));
        assertFalse(Files.exists(target.resolve("LICENSE")));
        for (String path : List.of("", "bin", "bin/x")) {
            assertEquals(54321, Files.getAttribute(target.resolve(path), "unix:uid"), path);
            assertEquals(54322, Files.getAttribute(target.resolve(path), "unix:gid"), path);
        }
    }

    @Test
    void anArchiveThatWouldLeadOutIsRefusedWhole() throws IOException {
        Files.createDirectory(dir.resolve("outside"));
        byte[][] evil = {
            new TarBytes().file("good", "x").file("../outside/x", "evil").end(),
            new TarBytes().file("good", "x").file(dir + "/outside/x", "evil").end(),
            new TarBytes().file("good", "x").link("l", dir + "/outside").file("l/x", "evil").end(),
            new TarBytes().file("good", "x").hardLink("h", "../outside/y").end(),
            new TarBytes().file("good", "x").entry('4', "dev", "", new byte[0]).end(),
        };
        for (byte[] bytes : evil) {
            EngineStatus status = unpack(bytes);
            assertEquals(1, status.counts().failed(), new String(bytes, 512 * 2, 50, UTF_8));
            assertFalse(Files.exists(target.resolve("good")));
            assertFalse(Files.exists(dir.resolve("outside/x")));
            tester.close();
            tester = GraphTester.open();
        }
    }

    @Test
    void nothingIsWrittenThroughALinkThatStandsThere() throws IOException {
        Files.createDirectories(dir.resolve("outside"));
        Files.createDirectories(target);
        Files.createSymbolicLink(target.resolve("d"), dir.resolve("outside"));
        Files.write(archive, new TarBytes().file("d/x", "evil").end());
        assertEquals(
                target + "/d is of another type than in the archive (`force: true` replaces it)",
                reason(unpack("")));
        assertFalse(Files.exists(dir.resolve("outside/x")));

        assertEquals(List.of(), unpack(", force: true").failures());
        assertEquals("evil", read("d/x"));
        assertFalse(Files.exists(dir.resolve("outside/x")));
        assertTrue(Files.exists(dir.resolve("outside")));
    }

    @Test
    void aFileThatIsALinkIsNotWrittenThrough() throws IOException {
        Path outside = Files.writeString(dir.resolve("outside"), "mine");
        Files.createDirectories(target);
        Files.createSymbolicLink(target.resolve("f"), outside);
        Files.write(archive, new TarBytes().file("f", "theirs").end());
        assertEquals(List.of(), unpack(", force: true").failures());
        assertEquals("theirs", read("f"));
        assertEquals("mine", Files.readString(outside));
    }

    @Test
    void whatNeverFitsIsRefusedUnpacked() throws IOException {
        String reason =
                reason(
                        unpack(
                                new TarBytes()
                                        .file("a", "x")
                                        .pax("size=4611686018427387904")
                                        .header('0', "bomb", "", 0)
                                        .end()));
        assertTrue(reason.contains("it unpacks to more than the "), reason);
        assertFalse(Files.exists(target));
    }

    @Test
    void aMissingArchiveOrParentIsAnError() throws IOException {
        assertEquals("the archive " + archive + " does not exist", reason(unpack("")));
        Files.write(archive, new TarBytes().file("a", "x").end());
        assertEquals(
                "the directory of " + dir + "/x/y does not exist (add a resource for it)",
                reason(unpack(", path: " + dir + "/x/y")));
    }

    @Test
    void theArchiveComesFirstAndWhatIsInTheDirectoryAfter() throws IOException {
        Files.write(dir.resolve("origin"), new TarBytes().file("d/a", "x").end());
        EngineStatus status =
                tester.converge(
                        """
                        graph: g
                        resources:
                          file:
                          - {name: %1$s/target/d/b, content: y}
                          - {name: %1$s/a.tar, source: %1$s/origin}
                          - {name: %1$s/target/, mode: 0700}
                          tar:
                          - {name: %1$s/target, source: %1$s/a.tar}
                        """
                                .formatted(dir));
        assertEquals(List.of(), status.failures());
        assertEquals("x", read("d/a"));
        assertEquals("y", read("d/b"));
        assertEquals(0700, (int) Files.getAttribute(target, "unix:mode") & 07777);
    }

    @Test
    void anEngineThatIsClosedStopsUnpackingAndLeavesNothingHalfDone() throws IOException {
        long size = 300_000_000;
        try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(archive))) {
            to.write(new TarBytes().header('0', "zeros", "", size).cut());
            byte[] zeros = new byte[1_000_000];
            for (long written = 0; written < size; written += zeros.length) {
                to.write(zeros);
            }
            to.write(new byte[(int) (-size & 511) + 1024]);
        }
        tester.submit(
                "graph: g\nresources:\n  tar:\n  - {name: %s, source: %s}\n"
                        .formatted(target, archive));
        tester.await("a file that is being written", () -> !entries().isEmpty());
        tester.close();
        assertEquals(List.of(), entries());
    }

    private List<Path> entries() {
        try (Stream<Path> entries = Files.list(target)) {
            return entries.toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
