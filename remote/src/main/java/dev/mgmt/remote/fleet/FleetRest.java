package dev.mgmt.remote.fleet;

import dev.mgmt.engine.EngineStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * When a fleet is at rest. It is when every host that has not failed (a) has applied the newest
 * graph pushed to it, (b) is idle, and (c) has taken in the last write of every kind it collects
 * and, if it reads values, the last of those. Rest is broken, and begins anew, whenever a host's
 * activity figure changes: something happened in between even if nobody saw it.
 *
 * <p>What comes from the store must be told in the store's order, as one watch over all of it
 * delivers it. A host's own writes come before the report in which it calls itself idle, and what
 * it takes in stands in {@code seen}: so no write can be under way while all three hold. What the
 * operator's side does is told before it is done ({@link Input.Pushing}).
 *
 * <p>Owned by one thread. Knows no clock: the caller tells the time and arms one timer for {@link
 * #over}.
 */
public final class FleetRest {
    /** In place of a kind: what hosts say under keys, for all who read any of it. */
    public static final String VALUES = "/kv/";

    private final Map<String, RestingHost> hosts = new HashMap<>();
    private final Map<String, Long> lastWrites = new HashMap<>();
    private final Set<String> unsettled = new HashSet<>();
    private Optional<Instant> since = Optional.empty();

    /** What happened. */
    public sealed interface Input {
        /** The host is part of the run from now on; nothing has been pushed to it yet. */
        record Joined(String host) implements Input {}

        /** The host is no longer part of the run. */
        record Left(String host) implements Input {}

        /** The host was given up: it is waited for no longer. */
        record Failed(String host) implements Input {}

        /** A new graph is about to be written for this host. */
        record Pushing(String host) implements Input {}

        /**
         * The graph is in the store.
         *
         * @param revision the store's, repeated in {@link EngineStatus#graphRevision}
         * @param collects kinds this graph collects, and {@link #VALUES} if it reads any
         */
        record Pushed(String host, long revision, Set<String> collects) implements Input {
            public Pushed {
                collects = Set.copyOf(collects);
            }
        }

        /** The host's status key has this value now. */
        record Reported(String host, EngineStatus status) implements Input {}

        /** The host's status key is gone, as its lease is: nobody knows what the host does. */
        record Vanished(String host) implements Input {}

        /** Exports of this kind, or {@link #VALUES}, were written or removed, by whomever. */
        record Written(String kind, long revision) implements Input {}
    }

    /** Takes in what happened at {@code now}, which never goes back. */
    public void take(Input input, Instant now) {
        switch (input) {
            case Input.Joined(String host) -> {
                hosts.put(host, RestingHost.joined());
                settle(host);
            }
            case Input.Left(String host) -> {
                hosts.remove(host);
                unsettled.remove(host);
            }
            case Input.Failed(String host) -> change(host, _ -> new RestingHost.GivenUp());
            case Input.Pushing(String host) -> change(host, RestingHost::pushing);
            case Input.Pushed(String host, long revision, Set<String> collects) ->
                    change(host, known -> known.pushed(revision, collects));
            case Input.Reported(String host, EngineStatus status) -> report(host, status);
            case Input.Vanished(String host) -> change(host, RestingHost::vanished);
            case Input.Written(String kind, long revision) -> write(kind, revision);
        }
        if (hosts.isEmpty() || !unsettled.isEmpty()) {
            since = Optional.empty();
        } else if (since.isEmpty()) {
            since = Optional.of(now);
        }
    }

    /** Since when the fleet is at rest; empty: it is not. */
    public Optional<Instant> since() {
        return since;
    }

    /** When rest will have lasted this long, if nothing breaks it. */
    public Optional<Instant> over(Duration convergedTimeout) {
        return since.map(start -> start.plus(convergedTimeout));
    }

    /** The hosts that rest waits for. */
    public Set<String> unsettled() {
        return Set.copyOf(unsettled);
    }

    private void report(String host, EngineStatus status) {
        RestingHost before = hosts.get(host);
        change(host, known -> known.reported(status));
        if (before != null && before.stirredBy(status)) {
            since = Optional.empty();
        }
    }

    /** Events of one revision may come one by one, and a watch that was resumed may repeat. */
    private void write(String kind, long revision) {
        lastWrites.merge(kind, revision, Math::max);
        hosts.forEach(
                (name, host) -> {
                    if (host.collects(kind)) {
                        settle(name);
                    }
                });
    }

    /** What a host that left still says is of no interest. */
    private void change(String host, UnaryOperator<RestingHost> change) {
        RestingHost known = hosts.computeIfPresent(host, (_, before) -> change.apply(before));
        if (known != null) {
            settle(host);
        }
    }

    private void settle(String name) {
        RestingHost host = hosts.get(name);
        if (host == null || host.isSettled(lastWrites)) {
            unsettled.remove(name);
        } else {
            unsettled.add(name);
        }
    }
}
