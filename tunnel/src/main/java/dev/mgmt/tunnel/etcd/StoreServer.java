package dev.mgmt.tunnel.etcd;

import dev.mgmt.tunnel.forward.StreamSocket;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * etcd's v3 API in front of a store, over connections that are handed in. All I/O and all calls run
 * on virtual threads, each connection's and each call's own: a slow visitor holds up nobody else.
 */
public final class StoreServer implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofMillis(500);

    /**
     * A connection that breaks off is nothing out of the ordinary here, but gRPC would print a
     * stack trace for each. Held, as the setting would be lost with the logger.
     */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    static {
        GRPC.setLevel(Level.OFF);
    }

    private final VisitorQueue arrivals;
    private final Set<ServedConnection> open = ConcurrentHashMap.newKeySet();
    private final Accounts accounts = new Accounts();
    private final Limits limits;
    private final Timing timing;
    private final StoreCalls calls;
    private final ExecutorService threads;
    private final ScheduledExecutorService timers;

    /** On its way until its many classes are there: who comes earlier waits in the queue. */
    private final CompletableFuture<Server> server;

    public StoreServer(EmbeddedStore store) {
        this(store, Limits.PER_VISITOR);
    }

    StoreServer(EmbeddedStore store, Limits limits) {
        this.limits = limits;
        this.timing = store.timing();
        this.calls = new EmbeddedCalls(store);
        store.observe(accounts::committed, accounts::leaseEnded);
        threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("store-server").factory());
        timers =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("store-server-time").factory());
        try {
            arrivals = new VisitorQueue();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket that binds no port cannot fail to", e);
        }
        server = CompletableFuture.supplyAsync(this::start, threads);
    }

    private Server start() {
        try {
            return build().start();
        } catch (IOException e) {
            throw new UncheckedIOException("a server that binds no port cannot fail to", e);
        }
    }

    private Server build() {
        return OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        InsecureServerCredentials.create())
                .socketFactory(new Handing(arrivals))
                .transportExecutor(threads)
                .executor(threads)
                .scheduledExecutorService(timers)
                .maxInboundMessageSize(Limits.MESSAGE_BYTES)
                .maxConcurrentCallsPerConnection(Limits.CALLS_PER_CONNECTION)
                // Visitors may look as often as they like whether we are still there.
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .intercept(new Recognition())
                .fallbackHandlerRegistry(new UnknownCalls())
                .addTransportFilter(new Departures())
                .addService(new KvService())
                .addService(new WatchService())
                .addService(LeaseListing.in(new LeaseService()))
                .addService(new ClusterService())
                .addService(new MaintenanceService())
                .addService(new AuthService())
                .build();
    }

    /**
     * Serves one connection until it ends or the handle is closed. Closing the handle also revokes
     * what leases were granted over it, even after the connection has ended by itself; otherwise
     * they live out their time, as in etcd.
     */
    public ServedConnection serve(Socket connection, Visitor visitor) throws IOException {
        var gate = new Gate(new Permissions(visitor, accounts, limits), calls);
        var input = connection.getInputStream();
        var output = connection.getOutputStream();
        var peer = new Visit(visitor.name(), gate);
        var guard = gate.guard(timing);
        var served =
                gate.isOwners()
                        ? StreamSocket.over(input, output, peer, connection)
                        : StreamSocket.over(
                                guard.guard(input), guard.guard(output), peer, connection);
        var handle = new ServedConnection(served, gate);
        open.add(handle);
        arrivals.arrive(served);
        return handle;
    }

    /**
     * Opens a port of this machine to etcd clients of the account that this process has, and of
     * root. They may do everything.
     *
     * @param turnedAway told once of each other account that comes
     */
    public ListeningPort listen(InetSocketAddress address, Consumer<String> turnedAway)
            throws IOException {
        return new LocalDoor(this, address, turnedAway);
    }

    /**
     * Ends every connection and waits until nothing of them runs any more. Peers are told, but not
     * waited for: where one does not take in what is said to it, its connection is broken off.
     */
    @Override
    public void close() {
        Server running = server.join();
        running.shutdownNow();
        try {
            if (!running.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                open.forEach(ServedConnection::breakOff);
                running.awaitTermination();
            }
        } catch (InterruptedException _) {
            open.forEach(ServedConnection::breakOff);
            Thread.currentThread().interrupt();
        } finally {
            timers.shutdownNow();
            threads.close();
        }
    }

    /** Keeps the list of open connections true. */
    private final class Departures extends ServerTransportFilter {
        @Override
        public void transportTerminated(@Nullable Attributes connection) {
            if (connection != null
                    && connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof Visit visit) {
                open.removeIf(served -> served.isOf(visit.ownGate()));
            }
        }
    }

    private static final class Recognition implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof Visit visit) {
                var context = Context.current().withValue(Visit.GATE, visit.ownGate());
                return Contexts.interceptCall(
                        context, new UnknownCalls.Told<>(call, visit.ownGate()), headers, next);
            }
            throw new IllegalStateException("a call over a connection that nobody handed in");
        }
    }

    private static final class Handing extends ServerSocketFactory {
        private final VisitorQueue arrivals;

        private Handing(VisitorQueue arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public ServerSocket createServerSocket() {
            return arrivals;
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            return arrivals;
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            return arrivals;
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            return arrivals;
        }
    }
}
