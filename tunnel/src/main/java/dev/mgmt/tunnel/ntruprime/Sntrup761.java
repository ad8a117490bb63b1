package dev.mgmt.tunnel.ntruprime;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Key encapsulation (section 4): whoever holds the public key makes a ciphertext and a secret, and
 * the holder of the private key gets the secret from the ciphertext. A ciphertext that nobody made
 * honestly gives a secret nobody knows, and no error.
 */
public final class Sntrup761 {
    public static final int PUBLIC_KEY_BYTES = Encoding.RQ_BYTES;
    public static final int CIPHERTEXT_BYTES = Encoding.ROUNDED_BYTES + Sntrup761.HASH_BYTES;
    public static final int SECRET_BYTES = 32;
    private static final int HASH_BYTES = 32;

    private final byte[] publicKey;
    private final int[] h;
    private final int[] f;
    private final int[] gInverse;
    private final byte[] rejection;
    private final byte[] publicKeyHash;

    private Sntrup761(int[] f, int[] gInverse, int[] h, byte[] rejection) {
        this.f = f;
        this.gInverse = gInverse;
        this.h = h;
        this.rejection = rejection;
        this.publicKey = Encoding.rq(h);
        this.publicKeyHash = hash(4, publicKey);
    }

    /** A secret, and what tells it to the holder of the private key. */
    public static final class Encapsulated {
        private final byte[] ciphertext;
        private final byte[] secret;

        private Encapsulated(byte[] ciphertext, byte[] secret) {
            this.ciphertext = ciphertext;
            this.secret = secret;
        }

        /** 1039 bytes. */
        public byte[] ciphertext() {
            return ciphertext.clone();
        }

        /** 32 bytes. */
        public byte[] secret() {
            return secret.clone();
        }
    }

    /** A fresh key pair. */
    public static Sntrup761 generate(SecureRandom random) {
        int[] g = Sampling.small(random);
        Optional<int[]> gInverse = Polynomials.inverse(g, 1, Field.F3);
        while (gInverse.isEmpty()) {
            g = Sampling.small(random);
            gInverse = Polynomials.inverse(g, 1, Field.F3);
        }
        int[] f = Sampling.small286(random);
        // The ring is a field: only zero has no inverse, and f has 286 coefficients that are not.
        int[] fInverse = Polynomials.inverse(f, 3, Field.FQ).orElseThrow();
        int[] h = Polynomials.multiply(fInverse, g, Field.FQ);
        byte[] rejection = new byte[Encoding.SMALL_BYTES];
        random.nextBytes(rejection);
        return new Sntrup761(f, gInverse.get(), h, rejection);
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * @param publicKey 1158 bytes
     */
    public static Encapsulated encapsulate(byte[] publicKey, SecureRandom random) {
        require(publicKey, PUBLIC_KEY_BYTES);
        int[] r = Sampling.small286(random);
        byte[] encoded = Encoding.small(r);
        byte[] ciphertext = hidden(r, encoded, Encoding.rq(publicKey), hash(4, publicKey));
        return new Encapsulated(ciphertext, session(1, encoded, ciphertext));
    }

    /**
     * @param ciphertext 1039 bytes
     */
    public byte[] decapsulate(byte[] ciphertext) {
        require(ciphertext, CIPHERTEXT_BYTES);
        int[] r = decrypt(Encoding.rounded(ciphertext));
        byte[] encoded = Encoding.small(r);
        byte[] again = hidden(r, encoded, h, publicKeyHash);
        int difference = 0;
        for (int i = 0; i < CIPHERTEXT_BYTES; i++) {
            difference |= again[i] ^ ciphertext[i];
        }
        // All ones if they differ: the secret is then made from what nobody else knows.
        int differs = -difference >> 31;
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = (byte) (encoded[i] ^ (differs & (encoded[i] ^ rejection[i])));
        }
        byte[] secret = session(1 + differs, encoded, ciphertext);
        Arrays.fill(encoded, (byte) 0);
        Arrays.fill(r, 0);
        return secret;
    }

    /** Forgets the private key. */
    public void wipe() {
        Arrays.fill(f, 0);
        Arrays.fill(gInverse, 0);
        Arrays.fill(rejection, (byte) 0);
    }

    /** The core's decryption; what does not come out short becomes one fixed short polynomial. */
    private int[] decrypt(int[] c) {
        int[] cf = Polynomials.multiply(c, f, Field.FQ);
        int[] e = Polynomials.reduced(Polynomials.scaled(cf, 3, Field.FQ), Field.F3);
        int[] r = Polynomials.multiply(e, gInverse, Field.F3);
        int wrong = Polynomials.wrongWeight(r);
        for (int i = 0; i < Polynomials.P; i++) {
            int fixed = i < Polynomials.WEIGHT ? 1 : 0;
            r[i] ^= wrong & (r[i] ^ fixed);
        }
        return r;
    }

    /** The core's encryption and the confirmation that the plaintext was known. */
    private static byte[] hidden(int[] r, byte[] encoded, int[] h, byte[] publicKeyHash) {
        int[] product = Polynomials.multiply(h, r, Field.FQ);
        int[] rest = Polynomials.reduced(product, Field.F3);
        for (int i = 0; i < Polynomials.P; i++) {
            product[i] -= rest[i];
        }
        byte[] core = Encoding.rounded(product);
        byte[] ciphertext = Arrays.copyOf(core, CIPHERTEXT_BYTES);
        byte[] confirmation = hash(2, hash(3, encoded), publicKeyHash);
        System.arraycopy(confirmation, 0, ciphertext, core.length, HASH_BYTES);
        return ciphertext;
    }

    private static byte[] session(int prefix, byte[] encoded, byte[] ciphertext) {
        return hash(prefix, hash(3, encoded), ciphertext);
    }

    /** Half of SHA-512 over a byte that keeps uses apart, and the parts. */
    private static byte[] hash(int prefix, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            digest.update((byte) prefix);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return Arrays.copyOf(digest.digest(), HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }

    private static void require(byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(bytes.length + " bytes instead of " + length);
        }
    }
}
