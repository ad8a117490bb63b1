package dev.mgmt.engine.kind.timer;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Time as something that happens. */
public final class TimerKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(new TimerKind(), TimerResource.class, _ -> new TimerDriver()));
    }
}
