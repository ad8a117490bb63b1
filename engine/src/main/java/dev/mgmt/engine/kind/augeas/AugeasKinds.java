package dev.mgmt.engine.kind.augeas;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Values in configuration files of many formats. */
public final class AugeasKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(new AugeasKind(), AugeasResource.class, AugeasDriver::new));
    }
}
