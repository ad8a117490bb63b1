package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import dev.mgmt.engine.os.Machine;
import java.util.List;

/** Kinds that change nothing. */
public final class MessageKinds implements KindProvider {
    private final Machine machine;

    public MessageKinds() {
        this(Machine.here());
    }

    /** For a machine that a test made. */
    MessageKinds(Machine machine) {
        this.machine = machine;
    }

    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(new MsgKind(), MsgResource.class, _ -> new MsgDriver(machine)),
                new ProvidedKind<>(new NoopKind(), NoopResource.class, _ -> new NoopDriver()),
                new ProvidedKind<>(new PrintKind(), PrintResource.class, _ -> new PrintDriver()));
    }
}
