package dev.mgmt.engine.kind.timer;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;

/** Always good: it is the engine that comes by when the interval is over. */
final class TimerDriver implements ResourceDriver<TimerResource> {
    private static final Keeper KEEPER =
            new Keeper() {
                @Override
                public Outcome run(Attempt attempt) {
                    return Outcome.GOOD;
                }

                @Override
                public Watch watch(WatchListener listener) {
                    return Watch.NONE;
                }
            };

    @Override
    public Freshness freshness(TimerResource resource) {
        return Freshness.TICKING;
    }

    @Override
    public Keeper keeper(TimerResource resource, OutputListener output) {
        return KEEPER;
    }
}
