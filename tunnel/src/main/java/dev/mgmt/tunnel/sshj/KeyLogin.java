package dev.mgmt.tunnel.sshj;

import com.hierynomus.sshj.key.KeyAlgorithms;
import java.security.KeyPair;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Logs in with a key at hand: RFC 4252 section 7. The host is not asked first whether the key is
 * welcome, which saves a round trip. RSA signs with SHA-512 and nothing else: trying one key in
 * several ways would spend sshd's MaxAuthTries.
 */
final class KeyLogin extends AbstractAuthMethod {
    private static final boolean SIGNED = true;

    private final KeyPair pair;

    KeyLogin(KeyPair pair) {
        super("publickey");
        this.pair = pair;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        KeyAlgorithms.Factory algorithm = algorithm(KeyType.fromKey(pair.getPublic()));
        SSHPacket request =
                super.buildReq()
                        .putBoolean(SIGNED)
                        .putString(algorithm.getName())
                        .putString(
                                new Buffer.PlainBuffer()
                                        .putPublicKey(pair.getPublic())
                                        .getCompactData());
        Signature signature = algorithm.create().newSignature();
        signature.initSign(pair.getPrivate());
        signature.update(
                new Buffer.PlainBuffer()
                        .putString(params.getTransport().getSessionID())
                        .putBuffer(request)
                        .getCompactData());
        return request.putSignature(
                signature.getSignatureName(), signature.encode(signature.sign()));
    }

    private static KeyAlgorithms.Factory algorithm(KeyType type) throws UserAuthException {
        return switch (type) {
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
                    throw new UserAuthException("keys of type " + type + " are not supported");
        };
    }
}
