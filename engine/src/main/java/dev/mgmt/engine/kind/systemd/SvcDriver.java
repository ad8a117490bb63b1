package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.kind.systemd.SvcResource.Startup;
import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.os.Machine;
import java.util.Optional;

/** Services, by whatever keeps them on this host. */
final class SvcDriver implements ResourceDriver<SvcResource> {
    private final Machine machine;
    private final Buses buses;

    SvcDriver(Machine machine, Buses buses) {
        this.machine = machine;
        this.buses = buses;
    }

    @Override
    public Freshness freshness(SvcResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(SvcResource resource, OutputListener output) {
        return new SvcKeeper(resource, machine, buses);
    }

    @Override
    public Optional<SvcResource> reversed(SvcResource resource) {
        Optional<State> state =
                resource.state().filter(State.RUNNING::equals).map(_ -> State.STOPPED);
        Optional<Startup> startup =
                resource.startup().filter(Startup.ENABLED::equals).map(_ -> Startup.DISABLED);
        if (state.isEmpty() && startup.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new SvcResource(
                        resource.id(),
                        resource.meta(),
                        resource.unit(),
                        state,
                        startup,
                        resource.scope()));
    }
}
