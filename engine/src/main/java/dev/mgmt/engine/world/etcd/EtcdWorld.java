package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.grpc.CallFailed;
import dev.mgmt.engine.world.grpc.Channel;
import dev.mgmt.engine.world.http2.Connection;
import dev.mgmt.engine.world.http2.Header;
import java.net.Socket;
import java.time.Duration;

/**
 * The shared store over one connection that speaks etcd's v3 API. The connection is never made
 * anew: when it ends, every call fails and every watch ends, both as transient, and that was this
 * world.
 */
public final class EtcdWorld implements World {
    /**
     * A link that is gone is noticed sooner; this is for a store that lives but does not answer.
     */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final Connection connection;
    private final Channel channel;
    private final Deliveries deliveries;
    private final Watches watches;
    private final KeepAlives keepAlives;
    private final Heart heart;

    private EtcdWorld(Connection connection, Heart.Patience patience) {
        this.connection = connection;
        channel = new Channel(connection, ANSWER_LIMIT);
        deliveries = new Deliveries(connection);
        watches = new Watches(channel, deliveries);
        keepAlives = new KeepAlives(channel);
        heart = new Heart(connection, keepAlives, patience);
    }

    /**
     * Takes the connection over: closing the world, or losing the link, closes it. Sends nothing
     * yet. A blocked read of the socket has to end when the socket is closed for the world's last
     * thread to end with it.
     */
    public static World over(Socket connection) {
        return over(connection, Heart.Patience.USUAL);
    }

    /**
     * The same, for a store that wants to know who asks: logs in first, and blocks until then.
     *
     * @throws WorldException where it is refused; the connection is closed then
     */
    public static World over(Socket connection, String user, String password)
            throws WorldException, InterruptedException {
        EtcdWorld world = new EtcdWorld(new Connection(connection), Heart.Patience.USUAL);
        try {
            world.logIn(user, password);
        } catch (WorldException | InterruptedException e) {
            world.close();
            throw e;
        }
        return world;
    }

    private void logIn(String user, String password) throws WorldException, InterruptedException {
        String act = "logging in as " + user;
        try {
            byte[] request = Requests.authenticate(user, password);
            String token = Responses.token(channel.ask(Requests.AUTHENTICATE, request));
            channel.carry(new Header("token", token));
        } catch (CallFailed e) {
            throw Failure.of(act, e);
        } catch (MalformedMessage e) {
            throw Failure.of(act, e);
        }
    }

    static World over(Socket connection, Heart.Patience patience) {
        return new EtcdWorld(new Connection(connection), patience);
    }

    @Override
    public Snapshot read(String prefix) throws WorldException, InterruptedException {
        try {
            byte[] request = Requests.range(Keys.below(prefix));
            return Responses.range(channel.ask(Requests.RANGE, request));
        } catch (CallFailed e) {
            throw Failure.of("reading " + prefix, e);
        } catch (MalformedMessage e) {
            throw Failure.of("reading " + prefix, e);
        }
    }

    @Override
    public Commit commit(Transaction transaction) throws WorldException, InterruptedException {
        try {
            return Responses.txn(channel.ask(Requests.TXN, Requests.txn(transaction)));
        } catch (CallFailed e) {
            throw Failure.of(act(transaction), e);
        } catch (MalformedMessage e) {
            throw Failure.of(act(transaction), e);
        }
    }

    private static String act(Transaction transaction) {
        if (transaction.writes().isEmpty()) {
            return "comparing";
        }
        String first =
                switch (transaction.writes().getFirst()) {
                    case Write.Put(String key, _, _) -> "writing " + key;
                    case Write.Delete(String key) -> "deleting " + key;
                };
        int others = transaction.writes().size() - 1;
        return others == 0 ? first : first + " and " + others + " more";
    }

    @Override
    public Subscription watch(String prefix, long from, Listener listener)
            throws WorldException, InterruptedException {
        Subscription subscription = watches.watch(prefix, from, listener);
        heart.start();
        return subscription;
    }

    /** Rounded up to whole seconds; the store may give more. */
    @Override
    public Lease lease(Duration ttl) throws WorldException, InterruptedException {
        long seconds = Math.max(1, ttl.plusNanos(999_999_999).toSeconds());
        try {
            byte[] answer = channel.ask(Requests.LEASE_GRANT, Requests.leaseGrant(seconds));
            Responses.Granted granted = Responses.granted(answer);
            keepAlives.add(granted.id(), granted.seconds());
            heart.start();
            return new Held(granted.id());
        } catch (CallFailed e) {
            throw Failure.of("taking a lease", e);
        } catch (MalformedMessage e) {
            throw Failure.of("taking a lease", e);
        }
    }

    /** Leases end when their time is over; no listener is called any more. */
    @Override
    public void close() {
        deliveries.close();
        heart.close();
        connection.close();
    }

    private final class Held implements Lease {
        private final long id;

        private Held(long id) {
            this.id = id;
        }

        @Override
        public long id() {
            return id;
        }

        /** Its keys are gone when this returns, if the store can still be told. */
        @Override
        public void close() {
            if (!keepAlives.remove(id)) {
                return;
            }
            boolean interrupted = Thread.interrupted();
            try {
                channel.ask(Requests.LEASE_REVOKE, Requests.lease(id));
            } catch (CallFailed _) {
                // Then it ends when its time is over.
            } catch (InterruptedException _) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
