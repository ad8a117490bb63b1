package dev.mgmt.cli.image;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A directory as tar, the same bytes for the same content: sorted, owned by nobody, no times but
 * one. Its last entry, {@code .complete}, holds the content's digest; where it is missing, the
 * transfer broke.
 */
final class Archive {
    /**
     * Jars must keep their time: the start-up cache is refused when a jar is not of the time it was
     * trained with.
     */
    static final long TIME_SECONDS = 1_700_000_000L;

    private static final int ZSTD_LEVEL = 19;

    private final Path root;

    Archive(Path root) {
        this.root = root;
    }

    /** SHA-256 over the tar without its marker, in hexadecimal. */
    String digest() throws IOException {
        MessageDigest sha = sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
            writeTar(out, "");
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    void writeGzip(Path file, String digest) throws IOException {
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(file), 1 << 16) {
                    {
                        def.setLevel(Deflater.BEST_COMPRESSION);
                    }
                }) {
            writeTar(out, digest);
        }
    }

    void writeZstd(Path file, String digest) throws IOException {
        try (ZstdOutputStream out = new ZstdOutputStream(Files.newOutputStream(file), ZSTD_LEVEL)) {
            out.setChecksum(true);
            // A window that holds the whole image; decompressors accept up to 128 MiB unasked.
            out.setLong(27);
            writeTar(out, digest);
        }
    }

    long unpackedBytes() throws IOException {
        long sum = 0;
        for (Path file : files()) {
            sum += Files.isRegularFile(file) ? Files.size(file) : 0;
        }
        return sum;
    }

    private void writeTar(OutputStream out, String marker) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (Path file : files()) {
            String name = root.relativize(file).toString();
            if (Files.isDirectory(file)) {
                tar.putArchiveEntry(entry(name + "/", 0, 0755));
            } else {
                tar.putArchiveEntry(
                        entry(name, Files.size(file), Files.isExecutable(file) ? 0755 : 0644));
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(tar);
                }
            }
            tar.closeArchiveEntry();
        }
        if (!marker.isEmpty()) {
            byte[] content = (marker + "\n").getBytes(StandardCharsets.US_ASCII);
            tar.putArchiveEntry(entry(".complete", content.length, 0644));
            tar.write(content);
            tar.closeArchiveEntry();
        }
        tar.finish();
        tar.flush();
    }

    private static TarArchiveEntry entry(String name, long size, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(mode);
        entry.setModTime(TIME_SECONDS * 1000);
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> !file.equals(root)).sorted().toList();
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
