package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.resource.Fields;
import java.util.Optional;

/** The field {@code state} of what runs or does not. */
final class States {
    private States() {}

    static Optional<State> runningOrStopped(Fields fields) {
        Optional<String> state = fields.filled("state");
        if (state.isEmpty()) {
            return Optional.empty();
        }
        return switch (state.get()) {
            case "running" -> Optional.of(State.RUNNING);
            case "stopped" -> Optional.of(State.STOPPED);
            default -> {
                fields.problem(
                        "state",
                        "`" + state.get() + "` is not a state of " + fields.id().kind(),
                        "use `running` or `stopped`");
                yield Optional.empty();
            }
        };
    }
}
