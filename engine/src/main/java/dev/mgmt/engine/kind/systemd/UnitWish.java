package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.SvcResource.Scope;
import dev.mgmt.engine.kind.systemd.SvcResource.Startup;
import dev.mgmt.engine.kind.systemd.SvcResource.State;
import java.util.Optional;

/** What should be true of one unit. */
record UnitWish(String unit, Optional<State> state, Optional<Startup> startup, Scope scope) {
    static UnitWish of(SvcResource resource) {
        return new UnitWish(
                resource.unit(), resource.state(), resource.startup(), resource.scope());
    }

    boolean wants(State wanted) {
        return state.filter(wanted::equals).isPresent();
    }

    boolean wants(Startup wanted) {
        return startup.filter(wanted::equals).isPresent();
    }

    /** A unit that is not there neither runs nor starts with the host. */
    boolean needsTheUnit() {
        return wants(State.RUNNING) || wants(Startup.ENABLED);
    }
}
