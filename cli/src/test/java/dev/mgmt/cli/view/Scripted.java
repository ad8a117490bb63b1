package dev.mgmt.cli.view;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.HostFailure;
import dev.mgmt.remote.fleet.Stage;
import java.util.List;

/** The events of a small run, to be put together in tests. */
final class Scripted {
    static final ResourceId FILE = new ResourceId("file", "/x");
    static final HostFailure REFUSED =
            new HostFailure(
                    HostFailure.Cause.UNREACHABLE,
                    Stage.CONNECTING,
                    "cannot connect to 192.0.2.1 port 22",
                    "connection refused",
                    "ssh -p 22 192.0.2.1");

    private Scripted() {}

    static EngineStatus idle(int total, int changed) {
        return status(EngineStatus.Phase.IDLE, total, total, changed, 0);
    }

    static EngineStatus working(int good, int total) {
        return status(EngineStatus.Phase.WORKING, total, good, 0, 0);
    }

    static EngineStatus wouldChange(int total, int wouldChange) {
        return status(EngineStatus.Phase.IDLE, total, total, 0, wouldChange);
    }

    static EngineStatus failed() {
        return new EngineStatus(
                1,
                1,
                EngineStatus.Phase.IDLE,
                9,
                new EngineStatus.Counts(3, 1, 1, 0, 1, 1),
                List.of(new EngineStatus.Failure(FILE, "no space left on device")),
                List.of(new ResourceId("exec", "after")));
    }

    static FleetEvent engine(String host, EngineEvent event) {
        return new FleetEvent.Engine(host, event);
    }

    static FleetEvent output(String host, String line) {
        return engine(
                host,
                new EngineEvent.Output(
                        new ResourceId("exec", "e"), EngineEvent.Stream.STDOUT, line));
    }

    private static EngineStatus status(
            EngineStatus.Phase phase, int total, int good, int changed, int wouldChange) {
        return new EngineStatus(
                1,
                1,
                phase,
                9,
                new EngineStatus.Counts(total, good, changed, wouldChange, 0, 0),
                List.of(),
                List.of());
    }
}
