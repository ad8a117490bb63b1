package dev.mgmt.remote.inventory;

import dev.mgmt.remote.inventory.HostSpec.Become;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one place (the defaults, a group, a host) says of its hosts. */
record HostFields(
        Optional<Placed<String>> address,
        Optional<Placed<Integer>> port,
        Optional<Placed<String>> user,
        Optional<Placed<Path>> graph,
        Optional<Placed<List<Placed<Path>>>> identities,
        Optional<Placed<String>> password,
        Optional<Placed<Become>> become,
        Optional<Placed<String>> becomeUser,
        Optional<Placed<String>> via,
        Map<String, Placed<String>> vars) {
    static final HostFields NONE =
            new HostFields(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of());

    HostFields {
        vars = Map.copyOf(vars);
    }
}
