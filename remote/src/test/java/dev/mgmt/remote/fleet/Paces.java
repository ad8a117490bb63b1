package dev.mgmt.remote.fleet;

import dev.mgmt.tunnel.health.Keepalive;
import java.time.Duration;

/** The usual pace, but for one thing. */
final class Paces {
    private static final Pace USUAL = Pace.USUAL;

    private Paces() {}

    static Pace regainingFor(Duration regaining) {
        return with(regaining, USUAL.handover(), USUAL.lease());
    }

    static Pace handingOverWithin(Duration handover) {
        return with(USUAL.regaining(), handover, USUAL.lease());
    }

    static Pace leasing(Duration lease, Duration handover) {
        return with(USUAL.regaining(), handover, lease);
    }

    static Pace withKeepalives(Duration keepalive) {
        return with(
                new Keepalive(keepalive, 3), USUAL.regaining(), USUAL.handover(), USUAL.lease());
    }

    private static Pace with(Duration regaining, Duration handover, Duration lease) {
        return with(USUAL.keepalive(), regaining, handover, lease);
    }

    private static Pace with(
            Keepalive keepalive, Duration regaining, Duration handover, Duration lease) {
        return new Pace(
                USUAL.attempts(),
                USUAL.pauses(),
                USUAL.answer(),
                USUAL.standstill(),
                USUAL.cleaning(),
                keepalive,
                regaining,
                handover,
                lease,
                USUAL.lives(),
                USUAL.healthy());
    }
}
