package dev.mgmt.engine.exchange;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import java.io.IOException;
import java.util.List;

/** Fails, honestly: whatever stands behind such a resource must not run. */
public final class AwaitingDriver implements ResourceDriver<AwaitingResource> {
    @Override
    public Freshness freshness(AwaitingResource resource) {
        return Freshness.SETTLED;
    }

    @Override
    public Keeper keeper(AwaitingResource resource, OutputListener output) {
        return new Waiting(resource.awaited());
    }

    private record Waiting(String awaited) implements Keeper {
        @Override
        public Outcome run(Attempt attempt) throws IOException {
            String reason = "waits for " + awaited + ", which is not in the store yet";
            if (attempt.checksOnly()) {
                return new Outcome.Deviates(List.of(new Outcome.Mending("template", reason)));
            }
            throw new IOException(reason);
        }

        @Override
        public Watch watch(WatchListener listener) {
            return Watch.NONE;
        }
    }
}
