package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.agent.AgentFailure;
import dev.mgmt.tunnel.agent.SshAgent;
import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.PublicBlob;
import java.security.KeyPair;
import java.util.Optional;
import java.util.function.Supplier;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;

/**
 * A key or certificate that can be shown to a host, and who signs for it.
 *
 * @param name for messages
 * @param shown empty if even the public key can be had only by asking for a passphrase
 */
record KeyProof(String name, Optional<PublicBlob> shown, Hand hand) {
    /** Who holds the private half. */
    sealed interface Hand {
        record File(KeyRing.Key key, Supplier<char[]> passphrase) implements Hand {}

        /**
         * @param held as the agent lists it
         */
        record Agent(SshAgent agent, PublicBlob held) implements Hand {}
    }

    /**
     * Whether signing may cost a human's attention, so that the host is first asked whether it
     * helps.
     */
    boolean isDear() {
        return switch (hand) {
            case Hand.File(KeyRing.Key key, _) -> key.isLocked();
            case Hand.Agent _ -> true;
        };
    }

    /** Opens what must be opened to know the public key. */
    PublicBlob opened(Countdown countdown) throws UnusableKey {
        if (shown.isPresent()) {
            return shown.get();
        }
        return switch (hand) {
            case Hand.File(KeyRing.Key key, Supplier<char[]> passphrase) -> {
                var _ = key.open(passphrase, countdown);
                yield key.publicKey().orElseThrow();
            }
            case Hand.Agent(_, PublicBlob held) -> held;
        };
    }

    /**
     * The signature with its algorithm's name. The clock stands still while a human may be asked.
     */
    byte[] sign(byte[] data, Countdown countdown) throws UnusableKey {
        return switch (hand) {
            case Hand.File(KeyRing.Key key, Supplier<char[]> passphrase) ->
                    signed(key.open(passphrase, countdown), data);
            case Hand.Agent(SshAgent agent, PublicBlob held) -> {
                try {
                    yield countdown.pausedFor(() -> agent.sign(held, data));
                } catch (AgentFailure e) {
                    throw new UnusableKey("was not used: the agent " + e.why());
                }
            }
        };
    }

    private static byte[] signed(KeyPair pair, byte[] data) throws UnusableKey {
        try {
            Signature signature = SignatureKinds.signing(pair.getPublic()).create().newSignature();
            signature.initSign(pair.getPrivate());
            signature.update(data);
            return new Buffer.PlainBuffer()
                    .putString(signature.getSignatureName())
                    .putBytes(signature.encode(signature.sign()))
                    .getCompactData();
        } catch (SSHRuntimeException e) {
            throw new UnusableKey("cannot sign: " + e.getMessage());
        }
    }
}
