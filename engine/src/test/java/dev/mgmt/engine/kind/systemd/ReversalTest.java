package dev.mgmt.engine.kind.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.kind.systemd.SvcResource.Scope;
import dev.mgmt.engine.kind.systemd.SvcResource.Startup;
import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What undoes a service or a container that leaves the graph. */
class ReversalTest {
    private static SvcResource svc(Optional<State> state, Optional<Startup> startup) {
        return new SvcResource(
                new ResourceId("svc", "a"), Meta.NONE, "a.service", state, startup, Scope.HOST);
    }

    private static Optional<Resource> reversed(Optional<State> state, Optional<Startup> startup) {
        return svc(state, startup).reversed();
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
        NspawnResource running =
                new NspawnResource(new ResourceId("nspawn", "a"), Meta.NONE, State.RUNNING);
        NspawnResource stopped = new NspawnResource(running.id(), Meta.NONE, State.STOPPED);
        assertEquals(Optional.of(stopped), running.reversed());
        assertEquals(Optional.empty(), stopped.reversed());
    }
}
