package dev.mgmt.engine;

import java.util.OptionalInt;

/**
 * How one engine is to behave.
 *
 * @param host this host's name in the shared store
 * @param enforcement for all resources; {@link Enforcement#APPLY} still honours a resource's own
 *     {@code noop}
 * @param vertexLimit how many vertices may run at once, at least 1; empty for no limit
 */
public record EngineOptions(String host, Enforcement enforcement, OptionalInt vertexLimit) {
    public EngineOptions {
        if (host.isEmpty() || host.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not a host name: '" + host + "'");
        }
        if (vertexLimit.isPresent() && vertexLimit.getAsInt() < 1) {
            throw new IllegalArgumentException("the limit on vertices must be at least 1");
        }
    }

    public static EngineOptions of(String host) {
        return new EngineOptions(host, Enforcement.APPLY, OptionalInt.empty());
    }

    public EngineOptions with(Enforcement changed) {
        return new EngineOptions(host, changed, vertexLimit);
    }

    public EngineOptions withVertexLimit(int limit) {
        return new EngineOptions(host, enforcement, OptionalInt.of(limit));
    }
}
