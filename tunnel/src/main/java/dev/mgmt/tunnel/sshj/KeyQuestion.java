package dev.mgmt.tunnel.sshj;

import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Asks a host whether a key would be welcome, so that a human is asked for a passphrase only if it
 * helps: RFC 4252 section 7, the request without a signature.
 */
final class KeyQuestion extends AbstractAuthMethod {
    private static final boolean UNSIGNED = false;

    private final KeyText.PublicBlob key;
    private volatile boolean welcome;

    KeyQuestion(KeyText.PublicBlob key) {
        super("publickey");
        this.key = key;
    }

    boolean isWelcome() {
        return welcome;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        String algorithm = key.type().equals("ssh-rsa") ? Algorithms.RSA_SHA512 : key.type();
        return super.buildReq().putBoolean(UNSIGNED).putString(algorithm).putString(key.bytes());
    }

    /** The library knows only failure or success; this is a third answer, said by an exception. */
    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException {
        welcome = message == Message.USERAUTH_60;
        throw new UserAuthException(welcome ? "the key is welcome" : "unexpected " + message);
    }
}
