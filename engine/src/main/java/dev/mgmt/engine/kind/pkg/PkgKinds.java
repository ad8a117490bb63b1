package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.PackageFiles;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Software packages. */
public final class PkgKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(
                        new PkgKind(),
                        PkgResource.class,
                        tools -> new PkgDriver(HostPackages.shared(tools))));
    }

    /** What the package manager of this host knows of files. */
    public static PackageFiles files(HostTools tools) {
        return HostPackages.shared(tools);
    }
}
