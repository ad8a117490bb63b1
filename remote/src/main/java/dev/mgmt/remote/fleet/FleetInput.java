package dev.mgmt.remote.fleet;

import dev.mgmt.tunnel.etcd.StoreAccess;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the owner of a run takes, one at a time. */
sealed interface FleetInput {
    /** A host's way went on, or its agent told something. */
    record Told(FleetEvent event, Instant when) implements FleetInput {}

    /**
     * Nothing more happens on this host.
     *
     * @param failure empty: it ended because it was told to
     */
    record HostEnded(String host, Optional<HostFailure> failure, Instant when)
            implements FleetInput {}

    record StoreChanged(long revision, List<StoreAccess.Change> changes) implements FleetInput {
        public StoreChanged {
            changes = List.copyOf(changes);
        }
    }

    /** The operator wants it to end. */
    record StopAsked() implements FleetInput {}
}
