package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.PublicBlob;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;
import org.jspecify.annotations.Nullable;

/**
 * Logs in with a key or certificate: RFC 4252 section 7, the request with a signature. A key at
 * hand is shown without asking first whether it is welcome, which saves a round trip.
 */
final class KeyLogin extends AbstractAuthMethod {
    private static final boolean SIGNED = true;

    private final KeyProof proof;
    private final PublicBlob shown;
    private final Countdown countdown;
    private @Nullable UnusableKey trouble;

    KeyLogin(KeyProof proof, PublicBlob shown, Countdown countdown) {
        super("publickey");
        this.proof = proof;
        this.shown = shown;
        this.countdown = countdown;
    }

    /** Why nothing was sent, if nothing was. */
    Optional<UnusableKey> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        SSHPacket request =
                super.buildReq()
                        .putBoolean(SIGNED)
                        .putString(SignatureKinds.name(shown))
                        .putString(shown.bytes());
        byte[] data =
                new Buffer.PlainBuffer()
                        .putString(params.getTransport().getSessionID())
                        .putBuffer(request)
                        .getCompactData();
        try {
            return request.putString(proof.sign(data, countdown));
        } catch (UnusableKey e) {
            trouble = e;
            throw new UserAuthException("no signature was to be had");
        }
    }
}
