package dev.mgmt.remote.fleet;

import dev.mgmt.tunnel.health.Keepalive;
import java.time.Duration;

/**
 * Every number that says how patient a run is with one host; {@code docs/bootstrap.md} explains
 * them.
 *
 * @param attempts how often each stage on the way to the first agent is tried
 * @param pauses between attempts
 * @param answer how long a command of ours may be silent
 * @param standstill how long a copy may not move
 * @param cleaning for taking the image away
 * @param keepalive how a silent link is looked after where ssh_config says nothing
 * @param regaining how long a lost link is tried to be regained at least, however short agents
 *     linger
 * @param handover how long an agent that is taken over may take to finish what it runs
 * @param lease how long a standing outlives an agent that is heard of no more; an agent that has
 *     let it end is given up for another one
 * @param lives how often in a row an agent may die
 * @param healthy what ran this long counts as well: its end is the first one of a new row
 */
public record Pace(
        int attempts,
        Pauses pauses,
        Duration answer,
        Duration standstill,
        Duration cleaning,
        Keepalive keepalive,
        Duration regaining,
        Duration handover,
        Duration lease,
        int lives,
        Duration healthy) {
    public static final Pace USUAL =
            new Pace(
                    3,
                    new Pauses(Duration.ofMillis(250), 2, Duration.ofSeconds(15)),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Keepalive.USUAL,
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    3,
                    Duration.ofSeconds(30));

    /** After this long a link that is lost is known to be. */
    Duration noticing() {
        return keepalive.patience();
    }

    /**
     * Grow from the first to the longest one; up to a quarter is added by chance, so that hosts
     * that failed together do not come back together.
     */
    public record Pauses(Duration first, int growth, Duration longest) {
        /**
         * @param failures so far, at least 1
         * @param chance from 0 to 1
         */
        Duration after(int failures, double chance) {
            Duration pause = first;
            for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
                pause = pause.multipliedBy(growth);
            }
            Duration base = pause.compareTo(longest) < 0 ? pause : longest;
            return base.plusNanos((long) (base.toNanos() / 4.0 * chance));
        }
    }
}
