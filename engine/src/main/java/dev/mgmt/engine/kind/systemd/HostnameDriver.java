package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.Machine;

/** The host's names. */
final class HostnameDriver implements ResourceDriver<HostnameResource> {
    private final Machine machine;
    private final Buses buses;
    private final DirectoryWatches watches;

    HostnameDriver(Machine machine, Buses buses, DirectoryWatches watches) {
        this.machine = machine;
        this.buses = buses;
        this.watches = watches;
    }

    @Override
    public Freshness freshness(HostnameResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(HostnameResource resource, OutputListener output) {
        return new HostnameKeeper(resource, machine, buses.systemLine(), watches);
    }
}
