package dev.mgmt.engine.world.etcd;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * gRPC over one socket that is connected already, and the threads it needs: virtual ones for the
 * socket and for streams' events, and one for time. The first time the channel leaves the state of
 * being connected it is shut down: there is nothing to connect to again.
 */
final class Connection implements AutoCloseable {
    /** Together: a link that is gone is noticed within 15 s. */
    private static final long KEEPALIVE_SECONDS = 10;

    private static final long KEEPALIVE_TIMEOUT_SECONDS = 5;

    /** Whatever etcd accepts as one request fits, and a watch's answer with a thousand of them. */
    private static final int MESSAGE_BYTES = 64 << 20;

    private final Socket socket;
    private final ScheduledThreadPoolExecutor time;
    private final ExecutorService threads;
    private final ManagedChannel channel;

    Connection(Socket socket) {
        this.socket = socket;
        time =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("world-time").factory());
        time.setRemoveOnCancelPolicy(true);
        time.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        time.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("world-", 0).factory());
        channel =
                OkHttpChannelBuilder.forTarget(SocketTarget.name())
                        .socketFactory(new OneSocket(socket))
                        .usePlaintext()
                        .directExecutor()
                        .offloadExecutor(Runnable::run)
                        .transportExecutor(threads)
                        .scheduledExecutorService(time)
                        .proxyDetector(_ -> null)
                        .disableRetry()
                        .disableServiceConfigLookUp()
                        .idleTimeout(Long.MAX_VALUE, TimeUnit.DAYS)
                        .maxInboundMessageSize(MESSAGE_BYTES)
                        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                        .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .keepAliveWithoutCalls(true)
                        .build();
        shutDownWhenLost(ConnectivityState.IDLE);
    }

    /** IDLE and CONNECTING come before READY; anything after it is the end. */
    private void shutDownWhenLost(ConnectivityState last) {
        channel.notifyWhenStateChanged(
                last,
                () -> {
                    var now = channel.getState(false);
                    switch (now) {
                        case CONNECTING, READY -> shutDownWhenLost(now);
                        case IDLE, TRANSIENT_FAILURE -> channel.shutdownNow();
                        case SHUTDOWN -> {}
                    }
                });
    }

    /**
     * One request, one answer. Waits for it; an interrupt cancels the call.
     *
     * @throws StatusRuntimeException the store refused, or the connection is gone
     */
    <Q, A> A call(MethodDescriptor<Q, A> method, Q request) throws InterruptedException {
        var call = channel.newCall(method, CallOptions.DEFAULT);
        var answer = new CompletableFuture<A>();
        ClientCalls.asyncUnaryCall(call, request, new Completion<>(answer));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            call.cancel("interrupted", e);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StatusRuntimeException status
                    ? status
                    : new IllegalStateException(e);
        }
    }

    /** Asks, and leaves it to fate what becomes of it. */
    <Q, A> void tell(MethodDescriptor<Q, A> method, Q request) {
        var call = channel.newCall(method, CallOptions.DEFAULT);
        ClientCalls.asyncUnaryCall(call, request, new Completion<>(new CompletableFuture<>()));
    }

    /** Events come one at a time on threads that may be kept waiting; then no more are taken in. */
    <Q, A> StreamObserver<Q> stream(MethodDescriptor<Q, A> method, StreamObserver<A> events) {
        ClientCall<Q, A> call = channel.newCall(method, CallOptions.DEFAULT.withExecutor(threads));
        return ClientCalls.asyncBidiStreamingCall(call, events);
    }

    ScheduledFuture<?> every(long millis, Runnable task) {
        return time.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Ends all calls and frees every thread; does not wait for them. The socket is closed from here
     * as well: the channel does so only if it was used, and not while a write is stuck.
     */
    @Override
    public void close() {
        channel.shutdownNow();
        time.shutdown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the connection to the store", e);
        }
    }

    private record Completion<A>(CompletableFuture<A> answer) implements StreamObserver<A> {
        @Override
        public void onNext(A value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable cause) {
            answer.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            answer.completeExceptionally(new IllegalStateException("ended without an answer"));
        }
    }
}
