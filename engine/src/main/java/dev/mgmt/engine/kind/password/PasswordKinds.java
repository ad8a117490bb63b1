package dev.mgmt.engine.kind.password;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Secrets that are made up. */
public final class PasswordKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(
                        new PasswordKind(), PasswordResource.class, PasswordDriver::new));
    }
}
