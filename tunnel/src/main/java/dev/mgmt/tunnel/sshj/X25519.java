package dev.mgmt.tunnel.sshj;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/** One side of an X25519 agreement (RFC 7748), used once. */
final class X25519 {
    static final int LENGTH = 32;
    private static final String NAME = "X25519";

    /** RFC 8410: what X.509 puts before the 32 bytes. */
    private static final byte[] WRAPPING = HexFormat.of().parseHex("302a300506032b656e032100");

    private final KeyPair keys;

    private X25519(KeyPair keys) {
        this.keys = keys;
    }

    static X25519 generate() throws GeneralSecurityException {
        return new X25519(KeyPairGenerator.getInstance(NAME).generateKeyPair());
    }

    byte[] publicKey() {
        byte[] wrapped = keys.getPublic().getEncoded();
        return Arrays.copyOfRange(wrapped, WRAPPING.length, wrapped.length);
    }

    /**
     * @param peer 32 bytes; a point of low order, which would make the secret zero, is refused
     */
    byte[] agree(byte[] peer) throws GeneralSecurityException {
        byte[] wrapped = Arrays.copyOf(WRAPPING, WRAPPING.length + LENGTH);
        System.arraycopy(peer, 0, wrapped, WRAPPING.length, LENGTH);
        KeyAgreement agreement = KeyAgreement.getInstance(NAME);
        agreement.init(keys.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(wrapped)), true);
        byte[] secret = agreement.generateSecret();
        int bits = 0;
        for (byte each : secret) {
            bits |= each;
        }
        if (bits == 0) {
            throw new InvalidKeyException("the server's X25519 key has low order");
        }
        return secret;
    }
}
