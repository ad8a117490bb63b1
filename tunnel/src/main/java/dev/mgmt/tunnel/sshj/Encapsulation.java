package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.ntruprime.Sntrup761;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KEM;

/** The post-quantum half of a key exchange, seen from the client: a fresh key, used once. */
sealed interface Encapsulation {
    byte[] publicKey();

    int ciphertextLength();

    /** The secret that the server put into a ciphertext of the right length. */
    byte[] open(byte[] ciphertext) throws GeneralSecurityException;

    /** ML-KEM-768 of FIPS 203, the JDK's own. */
    final class MlKem768 implements Encapsulation {
        private static final String NAME = "ML-KEM-768";
        private static final int PUBLIC_KEY = 1184;
        private static final int CIPHERTEXT = 1088;

        private final KeyPair keys;

        private MlKem768(KeyPair keys) {
            this.keys = keys;
        }

        static MlKem768 generate() throws GeneralSecurityException {
            return new MlKem768(KeyPairGenerator.getInstance(NAME).generateKeyPair());
        }

        /** What X.509 wraps is the encapsulation key as FIPS 203 writes it, and stands last. */
        @Override
        public byte[] publicKey() {
            byte[] wrapped = keys.getPublic().getEncoded();
            return Arrays.copyOfRange(wrapped, wrapped.length - PUBLIC_KEY, wrapped.length);
        }

        @Override
        public int ciphertextLength() {
            return CIPHERTEXT;
        }

        @Override
        public byte[] open(byte[] ciphertext) throws GeneralSecurityException {
            return KEM.getInstance(NAME)
                    .newDecapsulator(keys.getPrivate())
                    .decapsulate(ciphertext)
                    .getEncoded();
        }
    }

    /** Streamlined NTRU Prime 761, our own. */
    final class NtruPrime implements Encapsulation {
        private final Sntrup761 keys;

        private NtruPrime(Sntrup761 keys) {
            this.keys = keys;
        }

        static NtruPrime generate() {
            return new NtruPrime(Sntrup761.generate(new SecureRandom()));
        }

        @Override
        public byte[] publicKey() {
            return keys.publicKey();
        }

        @Override
        public int ciphertextLength() {
            return Sntrup761.CIPHERTEXT_BYTES;
        }

        @Override
        public byte[] open(byte[] ciphertext) {
            byte[] secret = keys.decapsulate(ciphertext);
            keys.wipe();
            return secret;
        }
    }
}
