package dev.mgmt.engine.kind.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A public key as sshd(8) has it in a line of {@code authorized_keys}.
 *
 * @param type such as {@code ssh-ed25519}
 * @param blob base64, which begins with the type once more (RFC 4253, section 6.6)
 */
record PublicKey(String type, String blob) {
    private static final Pattern TYPE = Pattern.compile("(ssh|ecdsa|sk)-[a-z0-9@.-]+");

    /** Whether this word of a line could be a key's type, and no option. */
    static boolean isType(String word) {
        return TYPE.matcher(word).matches();
    }

    /** Empty if it is none, or has been cut. */
    static Optional<PublicKey> of(String type, String blob) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(blob));
            int length = bytes.remaining() < 5 ? -1 : bytes.getInt();
            if (length < 1 || length >= bytes.remaining()) {
                return Optional.empty();
            }
            byte[] name = new byte[length];
            bytes.get(name);
            boolean same = type.equals(new String(name, StandardCharsets.US_ASCII));
            return isType(type) && same && fields(bytes)
                    ? Optional.of(new PublicKey(type, blob))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // No base64.
        }
    }

    /** Whether what follows the type is whole: texts with their lengths before them. */
    private static boolean fields(ByteBuffer bytes) {
        while (bytes.remaining() >= 4) {
            int length = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                return false;
            }
            bytes.position(bytes.position() + length);
        }
        return !bytes.hasRemaining();
    }

    /** As ssh-keygen -l shows it. */
    String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(blob));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
