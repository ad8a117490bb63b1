package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.resource.Meta.Semaphore;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts who of all hosts runs under which semaphore of the fleet, and remembers if too many do.
 */
final class Crowd {
    /** What a vertex does while it runs. */
    interface Stay {
        void pass(NoopResource resource) throws InterruptedException;
    }

    private final Map<String, Integer> present = new HashMap<>();
    private final Map<String, Integer> most = new HashMap<>();
    private int runs;

    DriverRegistry drivers(Stay stay) {
        return new DriverRegistry(() -> {})
                .add(
                        NoopResource.class,
                        new ResourceDriver<NoopResource>() {
                            @Override
                            public Freshness freshness(NoopResource resource) {
                                return Freshness.SETTLED;
                            }

                            @Override
                            public Keeper keeper(NoopResource resource, OutputListener output) {
                                return new Visitor(resource, stay);
                            }
                        });
    }

    /** How many were there at once. */
    synchronized int most(String semaphore) {
        return most.getOrDefault(semaphore, 0);
    }

    synchronized int present(String semaphore) {
        return present.getOrDefault(semaphore, 0);
    }

    synchronized int runs() {
        return runs;
    }

    private synchronized void step(NoopResource resource, int step) {
        for (Semaphore semaphore : resource.meta().semaphores()) {
            int now = present.merge(semaphore.name(), step, Integer::sum);
            most.merge(semaphore.name(), now, Math::max);
        }
        runs += Math.max(0, step);
    }

    private final class Visitor implements Keeper {
        private final NoopResource resource;
        private final Stay stay;

        private Visitor(NoopResource resource, Stay stay) {
            this.resource = resource;
            this.stay = stay;
        }

        @Override
        public Outcome run(Attempt attempt) throws InterruptedException {
            step(resource, 1);
            try {
                stay.pass(resource);
            } finally {
                step(resource, -1);
            }
            return Outcome.GOOD;
        }

        @Override
        public Watch watch(WatchListener listener) {
            return Watch.NONE;
        }
    }
}
