package dev.mgmt.remote.fleet;

import java.time.Duration;
import java.util.List;

/** How a run ended: one report per host, in the inventory's order. */
public record FleetReport(End end, Duration took, List<HostReport> hosts) {
    public FleetReport {
        hosts = List.copyOf(hosts);
    }

    /** What ended the run. */
    public enum End {
        /** The fleet was at rest for as long as asked. Hosts may still have failed. */
        AT_REST,
        /** {@code --timeout} was over first. */
        TIMED_OUT,
        /** The operator ended a run that was to keep watching. */
        STOPPED,
        /** The operator ended a run that waited for convergence. */
        INTERRUPTED
    }
}
