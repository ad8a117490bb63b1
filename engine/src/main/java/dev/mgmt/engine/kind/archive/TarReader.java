package dev.mgmt.engine.kind.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mgmt.engine.os.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive from its first byte to its end: POSIX (ustar and pax), GNU's long names, and
 * the format before both. What cannot be unpacked faithfully is refused, never left out. What a
 * fault says is to follow the archive's path.
 *
 * <p>docs/decisions/tar.md says why this is not a library.
 */
final class TarReader {
    /** Headers are held in memory; real ones are a path and a few numbers. */
    private static final int LONGEST_EXTENSION = 1 << 20;

    /** Every file system can hold this time: it is in the year 2242. */
    private static final long LATEST_SECONDS = (1L << 33) - 1;

    private final InputStream from;
    private final Map<String, String> global = new HashMap<>();

    /** What is left of the present entry's content, and what fills its last block. */
    private long left;

    private long padding;
    private boolean begun;

    TarReader(InputStream from) {
        this.from = from;
    }

    /** The next entry, past what is unread of the one before; null at the end. */
    @Nullable TarEntry next() throws IOException, InterruptedException {
        Map<String, String> extended = new HashMap<>(global);
        while (true) {
            skipRest();
            TarHeader header = header();
            if (header.isEmpty()) {
                return null;
            }
            open(header.type() == '1' ? 0 : header.size());
            switch (header.type()) {
                case 'x' -> extended.putAll(PaxRecords.read(extension()));
                case 'g' -> {
                    global.putAll(PaxRecords.read(extension()));
                    extended.putAll(global);
                }
                case 'L' -> extended.put("path", text(extension()));
                case 'K' -> extended.put("linkpath", text(extension()));
                case 'V' -> {} // The archive's own name.
                default -> {
                    return entry(header, extended);
                }
            }
        }
    }

    /** Of the present entry's content; -1 at its end. */
    int read(byte[] block) throws IOException {
        int most = (int) Math.min(block.length, left);
        if (most == 0) {
            return -1;
        }
        int read = from.read(block, 0, most);
        if (read < 0) {
            throw tooShort();
        }
        left -= read;
        return read;
    }

    private TarEntry entry(TarHeader header, Map<String, String> extended) throws FileFault {
        String name = extended.getOrDefault("path", header.name());
        for (String key : extended.keySet()) {
            if (key.startsWith("GNU.sparse.")) {
                throw refused(name, "a sparse file");
            }
        }
        TarEntry.Type type = type(header, name);
        long size = left;
        String exact = extended.get("size");
        if (exact != null && type != TarEntry.Type.HARD_LINK) {
            size = number(exact);
            if (size < 0) {
                throw new FileFault("it has a file of negative size");
            }
            open(size);
        }
        String link = extended.getOrDefault("linkpath", header.linkName());
        return new TarEntry(
                name,
                type,
                header.mode(),
                size,
                modified(header, extended),
                type == TarEntry.Type.SYMBOLIC_LINK || type == TarEntry.Type.HARD_LINK ? link : "");
    }

    private static TarEntry.Type type(TarHeader header, String name) throws FileFault {
        return switch (header.type()) {
            case '0', '7' -> TarEntry.Type.REGULAR;
            // Before there was a type for directories, the name told.
            case '\0' -> name.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.REGULAR;
            case '1' -> TarEntry.Type.HARD_LINK;
            case '2' -> TarEntry.Type.SYMBOLIC_LINK;
            case '5' -> TarEntry.Type.DIRECTORY;
            case '3', '4' -> throw refused(name, "a device");
            case '6' -> throw refused(name, "a named pipe");
            case 'S' -> throw refused(name, "a sparse file");
            default -> throw refused(name, "of a type that is not known");
        };
    }

    private static FileFault refused(String name, String what) {
        return new FileFault(
                "`%s` in it is %s, which is not unpacked (leave it out of the archive)"
                        .formatted(name, what));
    }

    private static Instant modified(TarHeader header, Map<String, String> extended)
            throws FileFault {
        String exact = extended.get("mtime");
        long seconds = exact == null ? header.modifiedSeconds() : number(exact.split("[.]", 2)[0]);
        return Instant.ofEpochSecond(Math.clamp(seconds, 0, LATEST_SECONDS));
    }

    private static long number(String digits) throws FileFault {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new FileFault("it has an extended header with a number that is none");
        }
    }

    private TarHeader header() throws IOException {
        byte[] block = from.readNBytes(TarHeader.BYTES);
        if (block.length < TarHeader.BYTES) {
            throw begun || block.length > 0 ? tooShort() : notAnArchive();
        }
        TarHeader header = new TarHeader(block);
        if (!header.isEmpty() && !header.isWhole()) {
            throw begun ? new FileFault("it is damaged: a header does not add up") : notAnArchive();
        }
        begun = true;
        return header;
    }

    private static FileFault notAnArchive() {
        return new FileFault("it is not a tar archive");
    }

    private static FileFault tooShort() {
        return new FileFault("it ends too early");
    }

    private void open(long size) {
        left = size;
        padding = -size & (TarHeader.BYTES - 1);
    }

    private byte[] extension() throws IOException {
        if (left > LONGEST_EXTENSION) {
            throw new FileFault("it has an extended header of " + left + " bytes");
        }
        byte[] body = from.readNBytes((int) left);
        if (body.length < left) {
            throw tooShort();
        }
        left = 0;
        return body;
    }

    private static String text(byte[] body) {
        int end = body.length;
        while (end > 0 && body[end - 1] == 0) {
            end--;
        }
        return new String(body, 0, end, UTF_8);
    }

    private void skipRest() throws IOException, InterruptedException {
        byte[] block = new byte[1 << 16];
        left += padding;
        padding = 0;
        while (read(block) >= 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
