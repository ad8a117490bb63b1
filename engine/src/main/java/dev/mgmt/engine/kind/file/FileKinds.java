package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Files, directories and symbolic links. */
public final class FileKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(
                        new FileKind(),
                        FileResource.class,
                        tools -> new FileDriver(tools.watches())));
    }
}
