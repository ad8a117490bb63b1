package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.os.UnifiedDiff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** How much of a file's content may be shown when it changes. */
public enum Disclosure {
    OPEN {
        @Override
        String detail(Path path, @Nullable Path old, Wanted wanted) throws IOException {
            Content before = old == null ? Content.NOTHING : Content.of(Files.newInputStream(old));
            Content after = Content.of(wanted.open());
            String one = before.text();
            String other = after.text();
            return one == null || other == null
                    ? before.summary() + " → " + after.summary()
                    : UnifiedDiff.of(path.toString(), one, other);
        }
    },
    SENSITIVE {
        @Override
        String detail(Path path, @Nullable Path old, Wanted wanted) {
            return "";
        }
    };

    /** Longer texts are summed up like binary files: nobody reads such a diff. */
    private static final int READABLE_BYTES = 1 << 16;

    /**
     * @param old where the present content is; null if there is none
     */
    abstract String detail(Path path, @Nullable Path old, Wanted wanted) throws IOException;

    private record Content(@Nullable String text, String summary) {
        private static final Content NOTHING = new Content("", "nothing");

        private static Content of(InputStream bytes) throws IOException {
            try (bytes) {
                byte[] first = bytes.readNBytes(READABLE_BYTES);
                int next = bytes.read();
                String text = next < 0 ? text(first) : null;
                return new Content(text, text == null ? summary(first, next, bytes) : "");
            }
        }

        private static @Nullable String text(byte[] bytes) {
            for (byte unit : bytes) {
                if (unit == 0) {
                    return null;
                }
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                return null;
            }
        }

        private static String summary(byte[] first, int next, InputStream rest) throws IOException {
            MessageDigest digest = sha256();
            digest.update(first);
            long size = first.length;
            if (next >= 0) {
                digest.update((byte) next);
                size++;
                byte[] block = new byte[1 << 16];
                for (int read = rest.read(block); read >= 0; read = rest.read(block)) {
                    digest.update(block, 0, read);
                    size += read;
                }
            }
            return size + " bytes, sha256 " + HexFormat.of().formatHex(digest.digest());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }
}
