package dev.mgmt.tunnel.sshj;

import java.util.Arrays;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** RFC 4252 section 8. The password is never made a String; it is wiped by whoever brought it. */
final class PasswordLogin extends AbstractAuthMethod {
    private static final boolean CHANGES_IT = true;

    private final char[] secret;
    private volatile boolean expired;

    PasswordLogin(char[] secret) {
        super("password");
        this.secret = secret.clone();
    }

    boolean isExpired() {
        return expired;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        try {
            return super.buildReq().putBoolean(!CHANGES_IT).putSensitiveString(secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** The only other answer is that a new password is wanted, which is not ours to choose. */
    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException {
        expired = message == Message.USERAUTH_60;
        throw new UserAuthException(expired ? "the password expired" : "unexpected " + message);
    }
}
