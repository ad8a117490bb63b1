package dev.mgmt.remote.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One host of the inventory, everything resolved that files and command line say; what is still
 * empty is left to defaults of {@code mgmt remote}.
 *
 * @param name the host's name in the run, in the store and in messages
 * @param address host name or IP address to connect to
 * @param graph the graph file it is to run
 * @param identities private key files from the most specific place that names any
 * @param password from the inventory or URL, only where clear text was allowed
 * @param become how the agent gets its rights; empty: as the command line says
 * @param becomeUser whose rights those are; empty: as the command line says
 */
public record HostSpec(
        String name,
        String address,
        Optional<Integer> port,
        Optional<String> user,
        Path graph,
        List<Path> identities,
        Optional<String> password,
        Optional<Become> become,
        Optional<String> becomeUser,
        Optional<String> via,
        Map<String, String> vars) {
    public HostSpec {
        identities = List.copyOf(identities);
        vars = Map.copyOf(vars);
    }

    /** The same host with another graph. */
    public HostSpec running(Path otherGraph) {
        return new HostSpec(
                name,
                address,
                port,
                user,
                otherGraph,
                identities,
                password,
                become,
                becomeUser,
                via,
                vars);
    }

    /** The same host with other variables. */
    public HostSpec with(Map<String, String> otherVars) {
        return new HostSpec(
                name,
                address,
                port,
                user,
                graph,
                identities,
                password,
                become,
                becomeUser,
                via,
                otherVars);
    }

    /** Enough to know the host by, and never its password. */
    @Override
    public String toString() {
        return "%s (%s@%s:%s, %s)"
                .formatted(
                        name,
                        user.orElse(""),
                        address,
                        port.map(Object::toString).orElse(""),
                        graph);
    }

    /** With whose rights the agent runs. */
    public enum Become {
        /** Those of the login. */
        NONE,
        /** Another user's, by sudo. */
        SUDO
    }
}
