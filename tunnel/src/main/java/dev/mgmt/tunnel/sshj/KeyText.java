package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.identity.PublicBlob;
import dev.mgmt.tunnel.identity.SshReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;

/**
 * A private key file as far as it can be read without a passphrase.
 *
 * @param format of the file
 * @param publicBlob the public key, where it can be had without the private one
 */
record KeyText(String pem, Format format, Optional<PublicBlob> publicBlob) {
    private static final long LARGEST = 64 * 1024;
    private static final String OPENSSH_BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String OPENSSH_END = "-----END OPENSSH PRIVATE KEY-----";
    private static final String MAGIC = "openssh-key-v1\0";

    enum Format {
        OPENSSH,
        OPENSSH_ENCRYPTED,
        PEM,
        /** PKCS #8, RFC 5958. */
        PEM_ENCRYPTED,
        /** OpenSSL's own way, with {@code Proc-Type} and {@code DEK-Info} headers. */
        PEM_OLD_ENCRYPTED
    }

    boolean isEncrypted() {
        return switch (format) {
            case OPENSSH, PEM -> false;
            case OPENSSH_ENCRYPTED, PEM_ENCRYPTED, PEM_OLD_ENCRYPTED -> true;
        };
    }

    static KeyText read(Path file) throws UnusableKey {
        String text = content(file);
        int begin = text.indexOf("-----BEGIN ");
        if (begin < 0) {
            throw new UnusableKey("is not a private key: it has no BEGIN line");
        }
        String pem = text.substring(begin);
        if (pem.startsWith(OPENSSH_BEGIN)) {
            return openssh(pem);
        }
        return new KeyText(pem, pemFormat(pem), beside(file));
    }

    private static String content(Path file) throws UnusableKey {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UnusableKey(Files.exists(file) ? "is not a file" : "does not exist");
            }
            if (Files.size(file) > LARGEST) {
                throw new UnusableKey("is too large to be a key");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new UnusableKey("does not exist");
        } catch (AccessDeniedException e) {
            throw new UnusableKey("may not be read by this user");
        } catch (IOException e) {
            throw new UnusableKey("cannot be read: " + e.getMessage());
        }
    }

    private static Format pemFormat(String pem) throws UnusableKey {
        String header = pem.lines().findFirst().orElse("");
        if (header.contains("PUBLIC KEY") || header.contains("CERTIFICATE")) {
            throw new UnusableKey("is not a private key: " + header);
        }
        if (header.contains("ENCRYPTED PRIVATE KEY")) {
            return Format.PEM_ENCRYPTED;
        }
        return pem.contains("Proc-Type: 4,ENCRYPTED") ? Format.PEM_OLD_ENCRYPTED : Format.PEM;
    }

    /** PROTOCOL.key of OpenSSH: the public key stands in the clear before the private one. */
    private static KeyText openssh(String pem) throws UnusableKey {
        int end = pem.indexOf(OPENSSH_END);
        if (end < 0) {
            throw new UnusableKey("is cut short: its END line is missing");
        }
        try {
            String body = pem.substring(OPENSSH_BEGIN.length(), end);
            var buffer = new Buffer.PlainBuffer(Base64.getMimeDecoder().decode(body));
            byte[] magic = new byte[MAGIC.length()];
            buffer.readRawBytes(magic);
            if (!Arrays.equals(magic, MAGIC.getBytes(StandardCharsets.ISO_8859_1))) {
                throw new UnusableKey("is malformed: no OpenSSH key inside");
            }
            boolean encrypted = !buffer.readString().equals("none");
            buffer.readBytes();
            buffer.readBytes();
            buffer.readUInt32();
            return new KeyText(
                    pem,
                    encrypted ? Format.OPENSSH_ENCRYPTED : Format.OPENSSH,
                    Optional.of(PublicBlob.of(buffer.readBytes())));
        } catch (Buffer.BufferException | SshReader.Malformed | IllegalArgumentException e) {
            throw new UnusableKey("is malformed: it cannot be decoded");
        }
    }

    /** {@code id_rsa.pub} beside {@code id_rsa}: a hint that saves asking, never needed. */
    static Optional<PublicBlob> beside(Path file) {
        return publicLine(Path.of(file + ".pub"));
    }

    /** What a file of one public key or certificate says; empty if it is none. */
    static Optional<PublicBlob> publicLine(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            return PublicBlob.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
