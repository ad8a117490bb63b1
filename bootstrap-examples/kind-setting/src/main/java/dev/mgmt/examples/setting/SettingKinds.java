package dev.mgmt.examples.setting;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** What the jar brings; named in {@code META-INF/services}, where the engine finds it. */
public final class SettingKinds implements KindProvider {
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(new SettingKind(), SettingResource.class, SettingDriver::new));
    }
}
