package dev.mgmt.tunnel.sshj;

import com.hierynomus.sshj.key.KeyAlgorithms;
import dev.mgmt.tunnel.identity.PublicBlob;
import java.security.PublicKey;
import java.util.Optional;
import net.schmizz.sshj.common.KeyType;

/** Which algorithm signs for a key. RSA does with SHA-2 only, and ours with SHA-512. */
final class SignatureKinds {
    private static final String RSA_CERTIFICATE = "ssh-rsa-cert-v01@openssh.com";

    private SignatureKinds() {}

    /** The name under which a key or certificate is shown at login. */
    static String name(PublicBlob shown) {
        return switch (shown.type()) {
            case "ssh-rsa" -> Algorithms.RSA_SHA512;
            case RSA_CERTIFICATE -> Algorithms.RSA_SHA512 + "-cert-v01@openssh.com";
            case String other -> other;
        };
    }

    static KeyAlgorithms.Factory signing(PublicKey key) throws UnusableKey {
        return switch (KeyType.fromKey(key)) {
            case ED25519 -> KeyAlgorithms.EdDSA25519();
            case ECDSA256 -> KeyAlgorithms.ECDSASHANistp256();
            case ECDSA384 -> KeyAlgorithms.ECDSASHANistp384();
            case ECDSA521 -> KeyAlgorithms.ECDSASHANistp521();
            case RSA -> KeyAlgorithms.RSASHA512();
            case DSA,
                    RSA_CERT,
                    DSA_CERT,
                    ED25519_CERT,
                    ECDSA256_CERT,
                    ECDSA384_CERT,
                    ECDSA521_CERT,
                    UNKNOWN ->
                    throw new UnusableKey("is of a kind that is not supported");
        };
    }

    /** What checks a signature that names its algorithm; empty if none is trusted for that key. */
    static Optional<KeyAlgorithms.Factory> checking(PublicKey key, String algorithm) {
        return switch (algorithm) {
            case "rsa-sha2-512" -> Optional.of(KeyAlgorithms.RSASHA512());
            case "rsa-sha2-256" -> Optional.of(KeyAlgorithms.RSASHA256());
            case String other -> {
                try {
                    var factory = signing(key);
                    yield Optional.of(factory).filter(f -> f.getName().equals(other));
                } catch (UnusableKey e) {
                    yield Optional.empty();
                }
            }
        };
    }
}
