package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import dev.mgmt.engine.os.Machine;
import java.util.List;

/** What a host's init system keeps. */
public final class SystemdKinds implements KindProvider {
    private final Machine machine;

    public SystemdKinds() {
        this(Machine.here());
    }

    /** For a machine that a test made. */
    SystemdKinds(Machine machine) {
        this.machine = machine;
    }

    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(
                        new HostnameKind(),
                        HostnameResource.class,
                        tools -> new HostnameDriver(machine, buses(tools), tools.watches())),
                new ProvidedKind<>(
                        new NspawnKind(),
                        NspawnResource.class,
                        tools -> new NspawnDriver(machine, buses(tools))),
                new ProvidedKind<>(
                        new SvcKind(),
                        SvcResource.class,
                        tools -> new SvcDriver(machine, buses(tools))));
    }

    private Buses buses(HostTools tools) {
        return tools.shared(Buses.class, _ -> new Buses(machine));
    }
}
