package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;

/** Always good: a place for edges to meet. */
final class NoopDriver implements ResourceDriver<NoopResource> {
    private static final Keeper KEEPER =
            new Keeper() {
                @Override
                public Outcome run(Attempt attempt) {
                    return Outcome.GOOD;
                }

                @Override
                public boolean isInstant() {
                    return true;
                }

                @Override
                public Watch watch(WatchListener listener) {
                    return Watch.NONE;
                }
            };

    @Override
    public Freshness freshness(NoopResource resource) {
        return Freshness.SETTLED;
    }

    @Override
    public Keeper keeper(NoopResource resource, OutputListener output) {
        return KEEPER;
    }
}
