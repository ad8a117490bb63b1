package dev.mgmt.remote.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What waits for the owner of a run. Hosts can make us listen to them without end; who brings what
 * they say waits here while too much of it is unheard, so that a host that babbles fills its own
 * link and not this machine's memory. Everything else is never held up.
 */
final class Inbox {
    private static final int MOST_CHATTER = 10_000;

    private final BlockingQueue<FleetInput> waiting = new LinkedBlockingQueue<>();
    private final Semaphore chatter = new Semaphore(MOST_CHATTER, true);

    void put(FleetInput input) {
        if (isChatter(input)) {
            chatter.acquireUninterruptibly();
        }
        waiting.add(input);
    }

    /** The next input; empty if there is none in time. */
    Optional<FleetInput> next(Optional<Duration> atMost) throws InterruptedException {
        FleetInput input =
                atMost.isEmpty()
                        ? waiting.take()
                        : waiting.poll(atMost.get().toNanos(), TimeUnit.NANOSECONDS);
        if (input != null && isChatter(input)) {
            chatter.release();
        }
        return Optional.ofNullable(input);
    }

    /** Nobody listens any more: who waits to be heard need not. */
    void close() {
        chatter.release(Integer.MAX_VALUE / 2);
    }

    private static boolean isChatter(FleetInput input) {
        return switch (input) {
            case FleetInput.StoreChanged _ -> true;
            case FleetInput.Told(FleetEvent event, _) ->
                    event instanceof FleetEvent.Engine || event instanceof FleetEvent.GateRefused;
            case FleetInput.HostEnded _, FleetInput.FilesChanged _, FleetInput.StopAsked _ -> false;
        };
    }
}
