package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.HostRoot;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An archive that is open, one pass through it. Packings that Java does not know are unpacked by
 * the host's own program, which is given nothing but bytes.
 */
final class ArchiveFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /** Programs fill their last record; what is longer is nobody's check sum. */
    private static final int LONGEST_TAIL = 1 << 20;

    private final Path path;
    private final InputStream bytes;

    private ArchiveFile(Path path, InputStream bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    static ArchiveFile open(Path path) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        boolean done = false;
        try {
            raw.mark(Packing.MAGIC_BYTES);
            Packing packing = Packing.of(raw.readNBytes(Packing.MAGIC_BYTES));
            raw.reset();
            InputStream bytes =
                    switch (packing) {
                        case NONE -> raw;
                        case GZIP -> new GZIPInputStream(raw, BUFFER);
                        case XZ, ZSTD, BZIP2 -> {
                            raw.close();
                            yield Unpacker.start(packing.program().orElseThrow(), path);
                        }
                    };
            done = true;
            return new ArchiveFile(path, bytes);
        } catch (IOException e) {
            throw fault(path, e);
        } finally {
            if (!done) {
                raw.close();
            }
        }
    }

    /** To be used by one reader at a time. */
    InputStream bytes() {
        return bytes;
    }

    /**
     * Reads to the end, where most packings have a check sum.
     *
     * @throws IOException where the archive is damaged
     */
    void finish() throws IOException {
        bytes.readNBytes(LONGEST_TAIL);
    }

    FileFault fault(IOException cause) {
        return fault(path, cause);
    }

    private static FileFault fault(Path path, IOException cause) {
        String reason =
                switch (cause) {
                    case FileFault known -> String.valueOf(known.getMessage());
                    case EOFException _ -> "it ends too early";
                    case ZipException damage -> "it is damaged: " + damage.getMessage();
                    default -> String.valueOf(FileFault.of("read", path, cause).getMessage());
                };
        FileFault fault = new FileFault("cannot unpack " + path + ": " + reason);
        fault.initCause(cause);
        return fault;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** What a program of the host makes of the archive. */
    private static final class Unpacker extends FilterInputStream {
        private final String program;
        private final Process process;

        private Unpacker(String program, Process process) {
            super(process.getInputStream());
            this.program = program;
            this.process = process;
        }

        static Unpacker start(String program, Path archive) throws IOException {
            String found =
                    HostRoot.REAL
                            .find(program)
                            .orElseThrow(
                                    () ->
                                            new FileFault(
                                                    "this host has no program `%s` (install the package %s)"
                                                            .formatted(
                                                                    program, packageOf(program))));
            ProcessBuilder builder = new ProcessBuilder(List.of(found, "-dc"));
            builder.environment().put("LC_ALL", "C");
            builder.redirectInput(archive.toFile());
            return new Unpacker(program, builder.start());
        }

        private static String packageOf(String program) {
            return program.equals("xz") ? "xz, or xz-utils on Debian and Ubuntu" : program;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] block, int offset, int length) throws IOException {
            int read = super.read(block, offset, length);
            if (read < 0) {
                expectSuccess();
            }
            return read;
        }

        private void expectSuccess() throws IOException {
            String said =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            try {
                int code = process.waitFor();
                if (code != 0) {
                    throw new FileFault(
                            "`%s` ended with exit code %d: %s"
                                    .formatted(program, code, said.strip()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            super.close();
            process.getErrorStream().close();
            process.getOutputStream().close();
            process.onExit().join();
        }
    }
}
