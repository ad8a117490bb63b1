package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Archives and what is in them. */
public final class ArchiveKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(
                        new TarKind(), TarResource.class, tools -> new TarDriver(tools.watches())));
    }
}
