package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.grpc.Call;
import dev.mgmt.engine.world.grpc.CallFailed;
import dev.mgmt.engine.world.grpc.Channel;
import dev.mgmt.engine.world.grpc.Receiver;
import dev.mgmt.engine.world.grpc.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All watches, on one call of the Watch service. The store answers requests for watches in the
 * order in which they were made; that is how an answer finds its watch, which has no id before.
 *
 * <p>When the call ends, every watch of it ends. The next watch makes a new call.
 */
final class Watches {
    private final Channel channel;
    private final Deliveries deliveries;

    /** So that requests are queued here as they are sent. Taken before the monitor of a stream. */
    private final ReentrantLock asking = new ReentrantLock();

    /** Null if there is none. Guarded by asking. */
    private @Nullable Stream current;

    Watches(Channel channel, Deliveries deliveries) {
        this.channel = channel;
        this.deliveries = deliveries;
    }

    World.Subscription watch(String prefix, long from, World.Listener listener)
            throws WorldException, InterruptedException {
        Watch watch = new Watch(prefix, listener);
        Stream stream;
        asking.lockInterruptibly();
        try {
            stream = ask(watch, Requests.watchCreate(Keys.below(prefix), from));
        } catch (CallFailed e) {
            throw Failure.of(watch.act(), e);
        } finally {
            asking.unlock();
        }
        try {
            watch.awaitAnswer();
        } catch (InterruptedException e) {
            stream.close(watch);
            throw e;
        }
        return new Subscribed(stream, watch);
    }

    private Stream ask(Watch watch, byte[] request) throws CallFailed, InterruptedException {
        Stream stream = current;
        if (stream == null || stream.hasEnded()) {
            stream = new Stream();
            stream.call = channel.open(Requests.WATCH, stream);
            current = stream;
        }
        stream.expect(watch);
        stream.opened().send(request);
        return stream;
    }

    private record Subscribed(Stream stream, Watch watch) implements World.Subscription {
        @Override
        public void close() {
            stream.close(watch);
        }
    }

    /** The call, and the watches on it. Its monitor guards both collections. */
    private final class Stream implements Receiver {
        private final Queue<Watch> asked = new ArrayDeque<>();
        private final Map<Long, Watch> running = new HashMap<>();
        private boolean ended;
        private volatile @Nullable Call call;

        private Call opened() {
            Call opened = call;
            if (opened == null) {
                throw new IllegalStateException("a call is used before it was opened");
            }
            return opened;
        }

        synchronized boolean hasEnded() {
            return ended;
        }

        synchronized void expect(Watch watch) {
            asked.add(watch);
        }

        @Override
        public void message(byte[] message) {
            try {
                take(WatchNews.read(message), message.length);
            } catch (MalformedMessage e) {
                opened().cancel();
                endAll(null, e);
            }
        }

        /** What is told to a listener is told elsewhere; until then it counts as not consumed. */
        private void take(WatchNews news, int octets) {
            Watch watch = news.created() ? confirmed(news) : find(news);
            if (watch == null || (news.batches().isEmpty() && !news.cancelled())) {
                opened().consumed(octets);
            } else {
                deliveries.add(new News(opened(), octets, watch, news));
            }
        }

        /** The watch, if there is something to tell it beyond that. */
        private synchronized @Nullable Watch confirmed(WatchNews news) {
            Watch watch = asked.poll();
            if (watch == null) {
                return null;
            }
            if (news.cancelled() && news.compacted() == 0) {
                watch.refuse(Failure.of(watch.act(), news));
                return null;
            }
            watch.confirm(news.id());
            if (!watch.isOpen()) {
                deliveries.add(new Cancel(opened(), news.id()));
                return null;
            }
            if (!news.cancelled()) {
                running.put(news.id(), watch);
            }
            return watch;
        }

        private synchronized @Nullable Watch find(WatchNews news) {
            return news.cancelled() ? running.remove(news.id()) : running.get(news.id());
        }

        /** One that has no answer yet is cancelled when it comes. */
        synchronized void close(Watch watch) {
            Long id = watch.close() ? watch.id() : null;
            if (id != null && running.remove(id, watch)) {
                deliveries.add(new Cancel(opened(), id));
            }
        }

        @Override
        public void ended(Status status) {
            endAll(status, null);
        }

        private void endAll(@Nullable Status status, @Nullable MalformedMessage malformed) {
            for (Watch watch : removeAsked()) {
                watch.refuse(cause(watch, status, malformed));
            }
            for (Watch watch : removeRunning()) {
                deliveries.add(new End(watch, cause(watch, status, malformed)));
            }
        }

        private static WorldException cause(
                Watch watch, @Nullable Status status, @Nullable MalformedMessage malformed) {
            if (malformed != null) {
                return Failure.of(watch.act(), malformed);
            }
            return Failure.of(
                    watch.act(), status == null ? new Status(Status.Code.UNKNOWN, "") : status);
        }

        private synchronized List<Watch> removeAsked() {
            ended = true;
            List<Watch> watches = new ArrayList<>(asked);
            asked.clear();
            return watches;
        }

        private synchronized List<Watch> removeRunning() {
            List<Watch> watches = new ArrayList<>(running.values());
            running.clear();
            return watches;
        }
    }

    private record News(Call call, int octets, Watch watch, WatchNews news)
            implements Deliveries.Delivery {
        @Override
        public void deliver() {
            watch.tell(news);
            if (news.cancelled()) {
                watch.end(Failure.of(watch.act(), news));
            }
            call.consumed(octets);
        }
    }

    private record End(Watch watch, WorldException cause) implements Deliveries.Delivery {
        @Override
        public void deliver() {
            watch.end(cause);
        }
    }

    private record Cancel(Call call, long id) implements Deliveries.Delivery {
        @Override
        public void deliver() {
            try {
                call.send(Requests.watchCancel(id));
            } catch (CallFailed _) {
                // Then the watch has ended with its call.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
