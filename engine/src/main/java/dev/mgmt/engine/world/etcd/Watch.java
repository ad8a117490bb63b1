package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.World.Listener;
import dev.mgmt.engine.world.World.Subscription;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** One watch: from the request for it until it is closed here or has ended there. */
final class Watch implements Subscription {
    private final String prefix;
    private final Listener listener;
    private final LongConsumer cancel;
    private final CompletableFuture<Long> id = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * @param cancel told the watch's id when it is closed from here
     */
    Watch(String prefix, Listener listener, LongConsumer cancel) {
        this.prefix = prefix;
        this.listener = listener;
        this.cancel = cancel;
    }

    String prefix() {
        return prefix;
    }

    /** An interrupt closes the watch as soon as it has begun. */
    void awaitBegin() throws WorldException, InterruptedException {
        try {
            var _ = id.get();
        } catch (InterruptedException e) {
            close();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WorldException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        }
    }

    void begun(WatchResponse answer) {
        if (answer.getCanceled()) {
            end(ending(answer));
        } else {
            id.complete(answer.getWatchId());
        }
    }

    void hear(WatchResponse answer) {
        if (answer.getCanceled()) {
            end(ending(answer));
            return;
        }
        var changes = new ArrayList<Change>();
        long revision = 0;
        for (var event : answer.getEventsList()) {
            if (event.getKv().getModRevision() != revision) {
                tell(revision, changes);
                changes.clear();
                revision = event.getKv().getModRevision();
            }
            changes.add(change(event));
        }
        tell(revision, changes);
    }

    private void tell(long revision, List<Change> changes) {
        if (!changes.isEmpty() && !over.get()) {
            listener.changed(revision, List.copyOf(changes));
        }
    }

    private static Change change(Event event) {
        return switch (event.getType()) {
            case PUT, UNRECOGNIZED -> new Change.Put(EtcdWorld.entry(event.getKv()));
            case DELETE -> new Change.Deleted(event.getKv().getKey().toStringUtf8());
        };
    }

    private WorldException ending(WatchResponse answer) {
        var reason =
                answer.getCompactRevision() == 0
                        ? answer.getCancelReason()
                        : "what changed before revision "
                                + answer.getCompactRevision()
                                + " is no longer known";
        return new WorldException(
                Durability.PERMANENT, "the watch on " + prefix + " has ended: " + reason, null);
    }

    /** Who still waits for the begin hears it there, everybody else through the listener. */
    void end(WorldException cause) {
        if (!over.getAndSet(true) && !id.completeExceptionally(cause)) {
            listener.ended(cause);
        } else {
            id.completeExceptionally(cause);
        }
    }

    @Override
    public void close() {
        if (!over.getAndSet(true)) {
            var _ = id.thenAccept(cancel::accept);
        }
    }
}
