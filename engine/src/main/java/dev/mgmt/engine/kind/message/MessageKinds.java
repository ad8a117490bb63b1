package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Kinds that change nothing. */
public final class MessageKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(new NoopKind(), NoopResource.class, _ -> new NoopDriver()),
                new ProvidedKind<>(new PrintKind(), PrintResource.class, _ -> new PrintDriver()));
    }
}
