package dev.mgmt.tunnel.health;

import java.time.Duration;

/**
 * How a silent link is looked after.
 *
 * @param interval between two questions; zero: none is ever asked
 * @param unanswered questions that a link may owe before it counts as lost
 */
public record Keepalive(Duration interval, int unanswered) {
    /** A silence of 14 s ends a link: 15 s are promised. */
    public static final Keepalive USUAL = new Keepalive(Duration.ofMillis(3500), 3);

    /** How long a silence ends a link. */
    public Duration patience() {
        return interval.multipliedBy(unanswered + 1L);
    }
}
