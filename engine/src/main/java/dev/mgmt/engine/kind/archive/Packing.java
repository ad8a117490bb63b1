package dev.mgmt.engine.kind.archive;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** How an archive is packed, as its first bytes tell. */
enum Packing {
    NONE("", ""),
    GZIP("", "1f8b"),
    XZ("xz", "fd377a585a00"),
    ZSTD("zstd", "28b52ffd"),
    BZIP2("bzip2", "425a68");

    static final int MAGIC_BYTES = 6;

    private final String program;

    /** The first bytes, in hexadecimal digits. */
    private final String magic;

    Packing(String program, String magic) {
        this.program = program;
        this.magic = magic;
    }

    static Packing of(byte[] beginning) {
        String hex = HexFormat.of().formatHex(beginning);
        for (Packing packing : List.of(GZIP, XZ, ZSTD, BZIP2)) {
            if (hex.startsWith(packing.magic)) {
                return packing;
            }
        }
        return NONE;
    }

    /** The program of the host that unpacks it from its input to its output, given {@code -dc}. */
    Optional<String> program() {
        return program.isEmpty() ? Optional.empty() : Optional.of(program);
    }
}
