package dev.mgmt.tunnel.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * A public key or a certificate as the protocol carries it.
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 of the key blob (RFC 4253 6.6), which begins with the type
 */
public record PublicBlob(String type, String base64) {
    /** The type is the one inside the blob, whatever is written beside it. */
    public static PublicBlob of(byte[] blob) throws SshReader.Malformed {
        return new PublicBlob(new SshReader(blob).text(), Base64.getEncoder().encodeToString(blob));
    }

    /** A line of a {@code .pub} file; empty if it is none. */
    public static Optional<PublicBlob> parse(String line) {
        String[] words = line.strip().split("[ \t]+", 3);
        if (words.length < 2) {
            return Optional.empty();
        }
        try {
            PublicBlob blob = of(Base64.getDecoder().decode(words[1]));
            return Optional.of(blob).filter(each -> each.type().equals(words[0]));
        } catch (SshReader.Malformed | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    public boolean isCertificate() {
        return type.endsWith(Certificate.SUFFIX);
    }

    /** {@code SHA256:…} as OpenSSH prints it. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
