package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.identity.PublicBlob;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Asks a host whether a key would be welcome, so that a human is asked for a passphrase or a touch
 * only if it helps: RFC 4252 section 7, the request without a signature.
 */
final class KeyQuestion extends AbstractAuthMethod {
    private static final boolean UNSIGNED = false;

    private final PublicBlob key;
    private volatile boolean welcome;

    KeyQuestion(PublicBlob key) {
        super("publickey");
        this.key = key;
    }

    boolean isWelcome() {
        return welcome;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return super.buildReq()
                .putBoolean(UNSIGNED)
                .putString(SignatureKinds.name(key))
                .putString(key.bytes());
    }

    /** The library knows only failure or success; this is a third answer, said by an exception. */
    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException {
        welcome = message == Message.USERAUTH_60;
        throw new UserAuthException(welcome ? "the key is welcome" : "unexpected " + message);
    }
}
