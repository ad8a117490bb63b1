package dev.mgmt.engine.kind.exec;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Commands that are run. */
public final class ExecKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(new ProvidedKind<>(new ExecKind(), ExecResource.class, ExecDriver::new));
    }
}
