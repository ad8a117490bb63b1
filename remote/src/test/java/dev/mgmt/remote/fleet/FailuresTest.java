package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.remote.fleet.HostFailure.Cause;
import dev.mgmt.remote.host.HostException;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final Target TARGET =
            Target.of("web1", "192.0.2.1", 2222, "admin")
                    .trusting(HostKeyTrust.strict(List.of(Path.of("/home/me/.ssh/known_hosts"))));

    @Test
    void anUnknownHostKeyComesWithItsFingerprintAndTheLineThatAcceptsIt() {
        HostFailure failure =
                of(
                        new TunnelException.HostKeyUnknown(
                                "unknown", "SHA256:abc", "[192.0.2.1]:2222 ssh-ed25519 AAAA"));

        assertEquals(Cause.HOST_KEY, failure.cause());
        assertTrue(failure.why().contains("SHA256:abc"), failure::why);
        assertTrue(
                failure.advice()
                        .contains(
                                "echo '[192.0.2.1]:2222 ssh-ed25519 AAAA' >>"
                                        + " /home/me/.ssh/known_hosts"),
                failure::advice);
        assertTrue(failure.advice().contains("ssh-keyscan -p 2222 192.0.2.1"), failure::advice);
    }

    @Test
    void aChangedHostKeyNamesTheLineThatContradicts() {
        HostFailure failure =
                of(
                        new TunnelException.HostKeyChanged(
                                "changed", "SHA256:new", Path.of("/etc/known"), 7));

        assertEquals(Cause.HOST_KEY, failure.cause());
        assertTrue(failure.why().contains("/etc/known line 7"), failure::why);
        assertFalse(failure.advice().contains("echo"), failure::advice);
    }

    @Test
    void everyOtherFailureOfATunnelSaysWhatToTry() {
        assertEquals(Cause.UNREACHABLE, of(new TunnelException.Unreachable("x", null)).cause());
        assertEquals(Cause.UNREACHABLE, of(new TunnelException.HandshakeFailed("x", null)).cause());
        HostFailure refused = of(new TunnelException.LoginRefused("tried a, b", null));
        assertEquals(Cause.LOGIN_REFUSED, refused.cause());
        assertEquals("tried a, b", refused.why());
        assertTrue(refused.advice().contains("ssh-copy-id -p 2222 admin@192.0.2.1"));
        assertEquals(Cause.LINK_LOST, of(new TunnelException.LinkLost("x", null)).cause());
        assertEquals(
                Cause.CANNOT_TAKE_AGENT, of(new TunnelException.CommandRefused("x", null)).cause());
    }

    @Test
    void aHostThatCannotTakeTheAgentKeepsItsReason() {
        HostFailure failure =
                Failures.of(
                        new HostException.CannotTakeAgent("what", "why", "advice"), Stage.COPYING);

        assertEquals(
                new HostFailure(Cause.CANNOT_TAKE_AGENT, Stage.COPYING, "what", "why", "advice"),
                failure);
        assertEquals(
                Cause.LINK_LOST,
                Failures.of(new HostException.Vanished("a", "b", "c"), Stage.RUNNING).cause());
    }

    private static HostFailure of(TunnelException e) {
        return Failures.of(e, Stage.CONNECTING, TARGET);
    }
}
