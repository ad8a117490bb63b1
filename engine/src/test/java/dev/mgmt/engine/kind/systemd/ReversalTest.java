package dev.mgmt.engine.kind.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.kind.systemd.SvcResource.Scope;
import dev.mgmt.engine.kind.systemd.SvcResource.Startup;
import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.os.Machine;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What undoes a service or a container that leaves the graph. */
class ReversalTest {
    private final Machine machine = Machine.here();
    private final Buses buses = new Buses(machine);

    private static SvcResource svc(Optional<State> state, Optional<Startup> startup) {
        return new SvcResource(
                new ResourceId("svc", "a"), Meta.NONE, "a.service", state, startup, Scope.HOST);
    }

    private Optional<SvcResource> reversed(Optional<State> state, Optional<Startup> startup) {
        return new SvcDriver(machine, buses).reversed(svc(state, startup));
    }

    @Test
    void whatWasMadeToRunAndToStartWithTheHostNoLongerDoes() {
        assertEquals(
                Optional.of(svc(Optional.of(State.STOPPED), Optional.of(Startup.DISABLED))),
                reversed(Optional.of(State.RUNNING), Optional.of(Startup.ENABLED)));
        assertEquals(
                Optional.of(svc(Optional.of(State.STOPPED), Optional.empty())),
                reversed(Optional.of(State.RUNNING), Optional.of(Startup.DISABLED)));
    }

    @Test
    void whatWasStoppedStaysSoSinceNobodyKnowsWhatItWas() {
        assertEquals(
                Optional.empty(),
                reversed(Optional.of(State.STOPPED), Optional.of(Startup.DISABLED)));
        assertEquals(Optional.empty(), reversed(Optional.empty(), Optional.empty()));
    }

    @Test
    void containerThatWasStartedIsStopped() {
        NspawnDriver driver = new NspawnDriver(machine, buses);
        NspawnResource running =
                new NspawnResource(new ResourceId("nspawn", "a"), Meta.NONE, State.RUNNING);
        NspawnResource stopped = new NspawnResource(running.id(), Meta.NONE, State.STOPPED);
        assertEquals(Optional.of(stopped), driver.reversed(running));
        assertEquals(Optional.empty(), driver.reversed(stopped));
    }
}
