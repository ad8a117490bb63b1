package dev.mgmt.remote.fleet;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.yaml.InputProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a run tells while it goes on. Delivered in order, one at a time. */
public sealed interface FleetEvent {
    /** The host entered a stage. */
    record Entered(String host, Stage stage) implements FleetEvent {}

    /** The image was found on the host; nothing is copied. */
    record ImageReused(String host, String digest) implements FleetEvent {}

    /** So much of the compressed image has been sent; the last one has {@code sent == total}. */
    record ImageSent(String host, long sent, long total) implements FleetEvent {}

    /** The host's agent reported a new standing. */
    record Status(String host, EngineStatus status) implements FleetEvent {}

    /** Something happened in the host's engine (never {@link EngineEvent.StatusChanged}). */
    record Engine(String host, EngineEvent event) implements FleetEvent {}

    /**
     * Something failed and is tried again after a pause.
     *
     * @param givesUpIn of a host whose agent was lost: how long that goes on; empty for one that is
     *     brought up, where attempts are counted
     */
    record Retrying(String host, HostFailure failure, Duration pause, Optional<Duration> givesUpIn)
            implements FleetEvent {}

    /** The host is out of the run. */
    record Failed(String host, HostFailure failure) implements FleetEvent {}

    /**
     * The gate refused something that this host tried: told of the first of its kind, of the tenth,
     * the hundredth and so on, and at the end of the link; never of each.
     *
     * @param kind as one word: reading, writing, lease, call, excess, protocol
     * @param what the last one
     * @param times how many of this kind there were over this link
     */
    record GateRefused(String host, String kind, String what, long times) implements FleetEvent {}

    /**
     * Edited files were valid; these hosts got a new graph. {@code added} … count resources, over
     * these hosts.
     */
    record Pushed(List<String> hosts, int added, int changed, int removed) implements FleetEvent {
        public Pushed {
            hosts = List.copyOf(hosts);
        }
    }

    /** An edited file is not valid; nothing was sent. */
    record EditRefused(Path file, List<InputProblem> problems) implements FleetEvent {
        public EditRefused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Every host that is still in the run is at rest; {@code took} since the start or the last
     * push.
     */
    record AtRest(Duration took) implements FleetEvent {}
}
