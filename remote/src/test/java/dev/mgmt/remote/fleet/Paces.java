package dev.mgmt.remote.fleet;

import dev.mgmt.tunnel.health.Keepalive;
import java.time.Duration;

/** The usual pace, but for one thing. */
final class Paces {
    private static final Pace USUAL = Pace.USUAL;

    private Paces() {}

    static Pace regainingFor(Duration regaining) {
        return with(USUAL.keepalive(), regaining, USUAL.handover());
    }

    static Pace handingOverWithin(Duration handover) {
        return with(USUAL.keepalive(), USUAL.regaining(), handover);
    }

    static Pace withKeepalives(Duration keepalive) {
        return with(new Keepalive(keepalive, 3), USUAL.regaining(), USUAL.handover());
    }

    private static Pace with(Keepalive keepalive, Duration regaining, Duration handover) {
        return new Pace(
                USUAL.attempts(),
                USUAL.pauses(),
                USUAL.answer(),
                USUAL.standstill(),
                USUAL.cleaning(),
                keepalive,
                regaining,
                handover,
                USUAL.lives(),
                USUAL.healthy());
    }
}
