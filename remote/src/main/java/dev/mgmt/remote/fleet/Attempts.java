package dev.mgmt.remote.fleet;

import dev.mgmt.tunnel.TunnelException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How often one host is tried again before it counts as unreachable: few times, soon. */
final class Attempts {
    private static final int MOST = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int GROWTH = 4;

    private int failed;
    private Duration pause = FIRST_PAUSE;

    /**
     * How long to wait before the next attempt; up to a quarter more than said, so that hosts that
     * failed together do not come back together.
     *
     * @throws TunnelException the one given, if another attempt makes no sense
     */
    Duration pauseAfter(TunnelException e) throws TunnelException {
        failed++;
        if (!e.isTransient() || failed >= MOST) {
            throw e;
        }
        Duration base = pause;
        pause = pause.multipliedBy(GROWTH);
        return base.plusMillis(ThreadLocalRandom.current().nextLong(base.toMillis() / 4));
    }
}
