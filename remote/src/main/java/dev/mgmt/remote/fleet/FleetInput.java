package dev.mgmt.remote.fleet;

import dev.mgmt.remote.push.Edit;
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

    /** Watched files were saved, and this came of reading them. */
    record FilesChanged(Edit edit) implements FleetInput {}

    /** The operator wants it to end; asked again: at once. */
    record StopAsked() implements FleetInput {}
}
