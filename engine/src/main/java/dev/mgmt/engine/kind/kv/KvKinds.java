package dev.mgmt.engine.kind.kv;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Values that hosts show each other. */
public final class KvKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(new ProvidedKind<>(new KvKind(), KvResource.class, KvDriver::new));
    }
}
