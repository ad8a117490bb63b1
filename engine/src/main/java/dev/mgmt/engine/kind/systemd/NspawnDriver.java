package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.os.Machine;

/** Containers of systemd-nspawn. */
final class NspawnDriver implements ResourceDriver<NspawnResource> {
    private final Machine machine;
    private final Buses buses;

    NspawnDriver(Machine machine, Buses buses) {
        this.machine = machine;
        this.buses = buses;
    }

    @Override
    public Freshness freshness(NspawnResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(NspawnResource resource, OutputListener output) {
        return new NspawnKeeper(resource, machine, buses);
    }
}
