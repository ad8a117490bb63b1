package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.kind.exec.ExecKinds;
import dev.mgmt.engine.kind.file.FileKinds;
import dev.mgmt.engine.os.Machine;
import dev.mgmt.engine.os.StateDirectory;
import dev.mgmt.engine.world.MemoryWorld;
import java.util.List;

/** Engines whose services, host name and containers are those of another machine. */
final class SystemdGraphs {
    private SystemdGraphs() {}

    static GraphTester open(EngineOptions options, Machine machine) {
        MemoryWorld store = new MemoryWorld();
        HostTools tools =
                new HostTools(options.host(), store.connect(), StateDirectory.temporary());
        DriverRegistry registry = new DriverRegistry(tools::close);
        List<KindProvider> families =
                List.of(new SystemdKinds(machine), new FileKinds(), new ExecKinds());
        for (KindProvider family : families) {
            family.kinds().forEach(kind -> registry.add(kind, tools));
        }
        return GraphTester.open(options, store, registry);
    }
}
