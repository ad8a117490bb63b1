package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import java.util.Optional;

/** Says its message each time it runs; nothing on the host changes by that. */
final class PrintDriver implements ResourceDriver<PrintResource> {
    @Override
    public Freshness freshness(PrintResource resource) {
        return Freshness.SETTLED;
    }

    /** Any of them: what they have to say may as well be said at once. */
    @Override
    public Optional<Object> groupKey(PrintResource resource) {
        return Optional.of("print");
    }

    @Override
    public Keeper keeper(PrintResource resource, OutputListener output) {
        return new Keeper() {
            @Override
            public Outcome run(Attempt attempt) {
                output.line(EngineEvent.Stream.STDOUT, resource.message());
                return Outcome.GOOD;
            }

            @Override
            public Watch watch(WatchListener listener) {
                return Watch.NONE;
            }
        };
    }
}
