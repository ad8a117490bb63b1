package dev.mgmt.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one engine is to behave.
 *
 * @param host this host's name in the shared store
 * @param enforcement for all resources; {@link Enforcement#APPLY} still honours a resource's own
 *     {@code noop}
 * @param vertexLimit how many vertices may run at once, at least 1; empty for no limit
 * @param stateDirectory where it remembers what the next engine on this host must know (refreshes
 *     still owed, saved passwords); private to one engine at a time; empty: nothing is remembered
 */
public record EngineOptions(
        String host,
        Enforcement enforcement,
        OptionalInt vertexLimit,
        Optional<Path> stateDirectory) {
    public EngineOptions {
        if (host.isEmpty() || host.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not a host name: '" + host + "'");
        }
        if (vertexLimit.isPresent() && vertexLimit.getAsInt() < 1) {
            throw new IllegalArgumentException("the limit on vertices must be at least 1");
        }
    }

    public static EngineOptions of(String host) {
        return new EngineOptions(host, Enforcement.APPLY, OptionalInt.empty(), Optional.empty());
    }

    public EngineOptions with(Enforcement changed) {
        return new EngineOptions(host, changed, vertexLimit, stateDirectory);
    }

    public EngineOptions withVertexLimit(int limit) {
        return new EngineOptions(host, enforcement, OptionalInt.of(limit), stateDirectory);
    }

    public EngineOptions withStateDirectory(Path directory) {
        return new EngineOptions(host, enforcement, vertexLimit, Optional.of(directory));
    }
}
