package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.util.List;
import java.util.Optional;

/**
 * A service, or another unit of the service manager.
 *
 * @param unit with its suffix, such as {@code nginx.service}
 * @param state absent: whatever it is
 * @param startup whether it starts with the host; absent: whatever it is
 * @param scope whose manager keeps it
 */
public record SvcResource(
        ResourceId id,
        Meta meta,
        String unit,
        Optional<State> state,
        Optional<Startup> startup,
        Scope scope)
        implements Resource {
    /** Whether it should run. */
    public enum State {
        RUNNING,
        STOPPED
    }

    /** Whether it should start with the host. */
    public enum Startup {
        ENABLED,
        DISABLED
    }

    /** Whose services there are. */
    public enum Scope {
        HOST,
        /** Those of the user that the engine runs as. */
        SESSION
    }

    @Override
    public List<Thing> makes() {
        return List.of(new Thing.Unit(unit));
    }

    @Override
    public List<Need> needs() {
        return UnitFilePaths.needsOf(unit, scope);
    }

    /** What it was before it was stopped or disabled, nobody knows. */
    @Override
    public Optional<Resource> reversed() {
        Optional<State> stopped = state.filter(State.RUNNING::equals).map(_ -> State.STOPPED);
        Optional<Startup> disabled =
                startup.filter(Startup.ENABLED::equals).map(_ -> Startup.DISABLED);
        return stopped.isEmpty() && disabled.isEmpty()
                ? Optional.empty()
                : Optional.of(new SvcResource(id, meta, unit, stopped, disabled, scope));
    }
}
