package dev.mgmt.engine.driver;

import java.util.List;

/**
 * Brings kinds. Those in jars are found through {@link java.util.ServiceLoader}: a jar names its
 * implementation, which needs a public constructor without parameters, in {@code
 * META-INF/services/dev.mgmt.engine.driver.KindProvider} or, as a module, with {@code provides}.
 */
public interface KindProvider {
    List<ProvidedKind<?>> kinds();
}
