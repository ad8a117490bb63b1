package dev.mgmt.tunnel.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A host's public key as known_hosts writes it.
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 the key blob of RFC 4253 6.6
 */
public record HostKey(String type, String base64) {
    public static HostKey of(String type, byte[] blob) {
        return new HostKey(type, Base64.getEncoder().encodeToString(blob));
    }

    /** The type is part of what is encoded. */
    boolean sameAs(HostKey other) {
        return base64.equals(other.base64);
    }

    /** {@code SHA256:…} as OpenSSH prints it. */
    public String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
