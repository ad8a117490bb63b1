package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.kind.systemd.SvcResource.Scope;
import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds out who keeps the services of this host, and leaves the work to the one who speaks it. */
final class SvcKeeper implements Keeper {
    private final SvcResource resource;
    private final Machine machine;
    private final Buses buses;
    private @Nullable Keeper chosen;

    SvcKeeper(SvcResource resource, Machine machine, Buses buses) {
        this.resource = resource;
        this.machine = machine;
        this.buses = buses;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        return chosen().run(attempt);
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException, InterruptedException {
        return chosen().watch(listener);
    }

    /** Once found, it stays: a host does not change its init system under us. */
    private synchronized Keeper chosen() throws IOException {
        if (chosen == null) {
            chosen = choose();
        }
        return chosen;
    }

    private Keeper choose() throws IOException {
        if (machine.runsSystemd() || resource.scope() == Scope.SESSION) {
            Systemd systemd =
                    switch (resource.scope()) {
                        case HOST -> buses.system();
                        case SESSION -> buses.session();
                    };
            return new UnitKeeper(UnitWish.of(resource), systemd, machine);
        }
        InitScripts scripts =
                InitScripts.of(machine)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "this host runs neither systemd nor OpenRC, and has"
                                                        + " no `service` for init scripts: its services"
                                                        + " cannot be managed"));
        return new ScriptKeeper(resource, scripts);
    }
}
