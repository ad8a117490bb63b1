package dev.mgmt.tunnel.sshj;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.UserAuthImpl;
import net.schmizz.sshj.userauth.method.AuthMethod;

/**
 * The library's, which says of all attempts together whether one was accepted in part; this one
 * says it of the last (RFC 4252 section 5.1). Nor does it wait for the host to grant the login
 * service before it sends its first proof: that would be a round trip for an answer that is always
 * yes. A host that refuses the service ends the connection, before or after the proof (RFC 4253,
 * section 10).
 */
final class Userauth extends UserAuthImpl {
    private final Wire wire;
    private volatile boolean taken;
    private boolean requested;

    Userauth(Transport transport, Wire wire) {
        super(transport);
        this.wire = wire;
    }

    /** Whether the last attempt was accepted, and more is wanted. */
    boolean wasTaken() {
        return taken;
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        taken = message == Message.USERAUTH_FAILURE && isPartial(packet);
        super.handle(message, packet);
    }

    private static boolean isPartial(SSHPacket packet) {
        try {
            SSHPacket copy = new SSHPacket(packet);
            var _ = copy.readString();
            return copy.readBoolean();
        } catch (Buffer.BufferException e) {
            // The library meets the same end of the packet, and tells.
            return false;
        }
    }

    @Override
    public boolean authenticate(String user, Service next, AuthMethod method, int timeout)
            throws UserAuthException, TransportException {
        if (!requested) {
            requestService();
        }
        return super.authenticate(user, next, method, timeout);
    }

    /**
     * The library knows one way to ask for a service, which waits; so another thread waits, and
     * this one goes on as soon as the request is on its way. Until the first proof nothing else is
     * sent.
     */
    private void requestService() throws TransportException {
        requested = true;
        CompletableFuture<Void> underWay = wire.nextSent();
        var granted = new CompletableFuture<Void>();
        // A platform thread for the same reason as the one that connects.
        Thread.ofPlatform()
                .daemon()
                .name("ssh-service")
                .start(
                        () -> {
                            try {
                                trans.reqService(this);
                                granted.complete(null);
                            } catch (TransportException e) {
                                granted.completeExceptionally(e);
                            } finally {
                                underWay.complete(null);
                            }
                        });
        underWay.join();
        if (granted.isCompletedExceptionally()) {
            throw failure(granted);
        }
        // What it does itself when the answer comes; the library takes it as granted from here on.
        trans.setService(this);
    }

    private static TransportException failure(CompletableFuture<Void> granted) {
        try {
            granted.join();
            throw new IllegalStateException("it has failed");
        } catch (CompletionException e) {
            if (e.getCause() instanceof TransportException failure) {
                return failure;
            }
            throw e;
        }
    }
}
