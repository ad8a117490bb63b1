package dev.mgmt.remote.fleet;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One host as {@link FleetRest} sees it. */
sealed interface RestingHost {
    static RestingHost joined() {
        return new InRun(0, 0, Set.of(), Optional.empty());
    }

    /** Waited for no longer: settled whatever is still heard of it. */
    record GivenUp() implements RestingHost {}

    /**
     * @param pushes how many are under way
     * @param graph revision of the newest graph pushed; 0 before the first
     * @param collects kinds that the newest graph collects
     */
    record InRun(int pushes, long graph, Set<String> collects, Optional<EngineStatus> status)
            implements RestingHost {
        private boolean isAtRest(Map<String, Long> lastWrites) {
            boolean pushed = pushes == 0 && graph > 0;
            return pushed && status.filter(last -> isAtRest(last, lastWrites)).isPresent();
        }

        private boolean isAtRest(EngineStatus last, Map<String, Long> lastWrites) {
            return last.graphRevision() >= graph
                    && last.phase() == Phase.IDLE
                    && collects.stream()
                            .allMatch(
                                    kind -> seen(last, kind) >= lastWrites.getOrDefault(kind, 0L));
        }

        private static long seen(EngineStatus last, String kind) {
            return kind.equals(FleetRest.VALUES) ? last.seenValues() : last.seen();
        }
    }

    default RestingHost pushing() {
        return switch (this) {
            case GivenUp _ -> this;
            case InRun host -> new InRun(host.pushes + 1, host.graph, host.collects, host.status);
        };
    }

    /** Of two pushes at once the newer graph counts, in whichever order they are told. */
    default RestingHost pushed(long revision, Set<String> kinds) {
        return switch (this) {
            case GivenUp _ -> this;
            case InRun host -> {
                int left = Math.max(0, host.pushes - 1);
                yield revision < host.graph
                        ? new InRun(left, host.graph, host.collects, host.status)
                        : new InRun(left, revision, kinds, host.status);
            }
        };
    }

    default RestingHost reported(EngineStatus status) {
        return switch (this) {
            case GivenUp _ -> this;
            case InRun host ->
                    new InRun(host.pushes, host.graph, host.collects, Optional.of(status));
        };
    }

    default RestingHost vanished() {
        return switch (this) {
            case GivenUp _ -> this;
            case InRun host -> new InRun(host.pushes, host.graph, host.collects, Optional.empty());
        };
    }

    default boolean collects(String kind) {
        return switch (this) {
            case GivenUp _ -> false;
            case InRun host -> host.collects.contains(kind);
        };
    }

    /** Whether something happened on the host between its last report and this one. */
    default boolean stirredBy(EngineStatus report) {
        return switch (this) {
            case GivenUp _ -> false;
            case InRun host ->
                    host.status.filter(last -> last.activity() == report.activity()).isEmpty();
        };
    }

    /** Conditions (a) to (c) of {@link FleetRest}. */
    default boolean isSettled(Map<String, Long> lastWrites) {
        return switch (this) {
            case GivenUp _ -> true;
            case InRun host -> host.isAtRest(lastWrites);
        };
    }
}
