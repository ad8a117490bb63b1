package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.graph.HostKnowledge;
import dev.mgmt.engine.resource.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What this host's drivers know, for one building of a graph. */
final class KnownHost implements HostKnowledge {
    private final DriverRegistry drivers;
    private final List<String> notices = new ArrayList<>();
    private boolean asked;

    KnownHost(DriverRegistry drivers) {
        this.drivers = drivers;
    }

    /** What could not be found out, for people. */
    List<String> notices() {
        return notices;
    }

    /** Whether the graph depends on what the host has, which may be something else by now. */
    boolean wasAsked() {
        return asked;
    }

    @Override
    public Set<Path> shippedBy(String packageName) {
        asked = true;
        try {
            return drivers.packageFiles().of(packageName);
        } catch (IOException e) {
            notices.add(
                    "no edges are generated from what pkg["
                            + packageName
                            + "] ships: "
                            + (e.getMessage() == null ? e.toString() : e.getMessage()));
        } catch (InterruptedException e) {
            // All is being ended: nobody will run what is built here.
            Thread.currentThread().interrupt();
        }
        return Set.of();
    }

    @Override
    public Optional<Object> groupKey(Resource resource) {
        return drivers.knows(resource) ? drivers.groupKey(resource) : Optional.empty();
    }
}
