package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.TemporaryFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One regular file with its bytes, owners and mode. Remembers the stamp under which all of it was
 * last found good, so that looking again costs one stat.
 */
public final class RegularFile {
    private final Path path;
    private final Wanted wanted;
    private final Access access;
    private final Disclosure disclosure;
    private @Nullable FileStamp goodAs;
    private List<FileStamp> goodOrigins = List.of();

    public RegularFile(Path path, Wanted wanted, Access access, Disclosure disclosure) {
        this.path = path;
        this.wanted = wanted;
        this.access = access;
        this.disclosure = disclosure;
    }

    /**
     * Adds to the list what is not as wanted, and mends it if asked to.
     *
     * @param present what is at the path: a regular file, or something that may be replaced
     */
    public void mend(@Nullable FileStamp present, Access.Mode how, List<Mending> mendings)
            throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        List<FileStamp> origins = wanted.origins();
        if (present != null && present.same(goodAs) && same(origins, goodOrigins)) {
            return;
        }
        goodAs = null;
        FileStamp old = present;
        if (old != null && old.type() != FileStamp.Type.REGULAR) {
            old = null;
        }
        if (old != null && (wanted instanceof Wanted.Anything || sameBytes(old))) {
            int before = mendings.size();
            access.mend(path, old, FileShape.REGULAR, how, mendings);
            if (mendings.size() == before) {
                remember(old, origins, now);
            }
            return;
        }
        Path shown = old == null ? null : path;
        mendings.add(new Mending("content", disclosure.detail(path, shown, wanted)));
        if (how == Access.Mode.APPLY) {
            replace(old, origins);
        }
    }

    private void remember(FileStamp present, List<FileStamp> origins, long now) {
        boolean settled = present.settledAt(now);
        for (FileStamp origin : origins) {
            settled &= origin.settledAt(now);
        }
        if (settled) {
            goodAs = present;
            goodOrigins = origins;
        }
    }

    private void replace(@Nullable FileStamp old, List<FileStamp> origins)
            throws IOException, InterruptedException {
        // A copy of one file takes over its permissions, but no set-id bits.
        OptionalInt mode =
                origins.size() == 1
                        ? OptionalInt.of(origins.getFirst().mode() & 0777)
                        : OptionalInt.empty();
        new Replacement(path, access, mode).of(old, this::write);
    }

    private void write(TemporaryFile made) throws IOException, InterruptedException {
        if (wanted instanceof Wanted.Bytes(byte[] bytes)) {
            made.write(bytes);
        } else {
            try (InputStream from = wanted.open()) {
                made.write(from);
            }
        }
    }

    private boolean sameBytes(FileStamp present) throws IOException, InterruptedException {
        try {
            if (wanted instanceof Wanted.Bytes(byte[] bytes)) {
                return present.size() == bytes.length
                        && Arrays.equals(bytes, Files.readAllBytes(path));
            }
            try (InputStream one = wanted.open();
                    InputStream other = Files.newInputStream(path)) {
                return sameBytes(one, other);
            }
        } catch (IOException e) {
            throw FileFault.of("read", path, e);
        }
    }

    private static boolean sameBytes(InputStream one, InputStream other)
            throws IOException, InterruptedException {
        int size = 1 << 16;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            byte[] left = one.readNBytes(size);
            byte[] right = other.readNBytes(size);
            if (!Arrays.equals(left, right)) {
                return false;
            }
            if (left.length == 0) {
                return true;
            }
        }
    }

    private static boolean same(List<FileStamp> one, List<FileStamp> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).same(other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
