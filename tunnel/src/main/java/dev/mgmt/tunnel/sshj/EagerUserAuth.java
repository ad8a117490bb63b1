package dev.mgmt.tunnel.sshj;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.UserAuthImpl;
import net.schmizz.sshj.userauth.method.AuthMethod;

/**
 * The library's login, which does not wait for the host to grant the login service before it sends
 * its first proof: that would be a round trip for an answer that is always yes. A host that refuses
 * the service ends the connection, before or after the proof (RFC 4253, section 10).
 */
final class EagerUserAuth extends UserAuthImpl {
    private final Wire wire;
    private boolean requested;

    EagerUserAuth(Transport transport, Wire wire) {
        super(transport);
        this.wire = wire;
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
        long before = wire.sent();
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
                            }
                        });
        while (wire.sent() == before && !granted.isDone()) {
            Thread.onSpinWait();
        }
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
