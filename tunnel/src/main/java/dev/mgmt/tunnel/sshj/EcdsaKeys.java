package dev.mgmt.tunnel.sshj;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;

/**
 * The JDK's elliptic curve keys under the name by which the library asks for them, which only
 * BouncyCastle knows. Saves loading that for hosts and users with ECDSA keys.
 */
final class EcdsaKeys extends Provider {
    private static final long serialVersionUID = 1;

    private EcdsaKeys() {
        super("mgmt-ecdsa", "1", "KeyFactory ECDSA as an alias of EC");
        putService(new Alias(this));
    }

    static void register() {
        if (Security.getProvider("mgmt-ecdsa") == null) {
            Security.addProvider(new EcdsaKeys());
        }
    }

    private static final class Alias extends Service {
        Alias(Provider provider) {
            super(provider, "KeyFactory", "ECDSA", Factory.class.getName(), null, null);
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            return new Factory(KeyFactory.getInstance("EC"));
        }
    }

    private static final class Factory extends KeyFactorySpi {
        private final KeyFactory keys;

        Factory(KeyFactory keys) {
            this.keys = keys;
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
            return keys.generatePublic(spec);
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
            return keys.generatePrivate(spec);
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type)
                throws InvalidKeySpecException {
            return keys.getKeySpec(key, type);
        }

        @Override
        protected Key engineTranslateKey(Key key) throws InvalidKeyException {
            return keys.translateKey(key);
        }
    }
}
