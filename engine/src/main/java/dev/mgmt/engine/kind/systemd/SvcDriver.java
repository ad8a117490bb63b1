package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.os.Machine;

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
}
