package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.dbus.Bus;
import dev.mgmt.engine.dbus.BusError;
import dev.mgmt.engine.dbus.Call;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.kind.systemd.SvcResource.Scope;
import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one container running or stopped, by its unit. A container that somebody started without
 * the unit is known to systemd-machined, where that is: to start a second one of the name would
 * fail, and to stop it by a unit that does not run would do nothing.
 */
final class NspawnKeeper implements Keeper {
    private static final String MACHINED = "org.freedesktop.machine1";
    private static final String TOOL = "systemd-nspawn";

    private final NspawnResource resource;
    private final Machine machine;
    private final Buses buses;
    private final UnitKeeper unit;

    NspawnKeeper(NspawnResource resource, Machine machine, Buses buses) {
        this.resource = resource;
        this.machine = machine;
        this.buses = buses;
        UnitWish wish =
                new UnitWish(
                        resource.unit(),
                        Optional.of(resource.state()),
                        Optional.empty(),
                        Scope.HOST);
        unit = new UnitKeeper(wish, buses.system(), machine);
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        if (!machine.runsSystemd()) {
            throw new IOException("this host does not run systemd: it has no nspawn containers");
        }
        if (machine.tool(TOOL).isEmpty()) {
            return missing(attempt);
        }
        if (runsWithoutItsUnit()) {
            return switch (resource.state()) {
                case RUNNING -> Outcome.GOOD;
                case STOPPED -> terminate(attempt);
            };
        }
        return unit.run(attempt);
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException, InterruptedException {
        return unit.watch(listener);
    }

    private Outcome missing(Attempt attempt) throws IOException {
        if (resource.state() == State.STOPPED) {
            return Outcome.GOOD;
        }
        if (attempt.checksOnly()) { // What comes before may be going to bring it.
            return new Outcome.Deviates(List.of(new Outcome.Mending("state", "absent → running")));
        }
        throw new IOException(
                "this host has no systemd-nspawn (it is in the package systemd-container of Debian"
                        + " and Fedora)");
    }

    private boolean runsWithoutItsUnit() throws IOException, InterruptedException {
        Bus bus = buses.systemLine().bus();
        if (bus.partner() != Bus.Partner.BUS || !known(bus)) {
            return false;
        }
        return buses.system().load(resource.unit()).stopped();
    }

    private boolean known(Bus bus) throws IOException, InterruptedException {
        try {
            bus.call(machined("GetMachine"));
            return true;
        } catch (BusError e) {
            return false; // Machined does not know it, or is not there.
        }
    }

    private Outcome terminate(Attempt attempt) throws IOException, InterruptedException {
        List<Outcome.Mending> mendings = List.of(new Outcome.Mending("state", "running → stopped"));
        if (!attempt.checksOnly()) {
            buses.systemLine().bus().call(machined("TerminateMachine"));
        }
        return Outcome.of(attempt, mendings);
    }

    private Call machined(String method) {
        return new Call(
                MACHINED,
                "/org/freedesktop/machine1",
                MACHINED + ".Manager",
                method,
                "s",
                List.of(resource.id().name()));
    }
}
