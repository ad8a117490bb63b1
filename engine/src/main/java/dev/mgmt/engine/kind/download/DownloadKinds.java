package dev.mgmt.engine.kind.download;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import dev.mgmt.engine.os.HostRoot;
import java.util.List;

/** Files that come from web servers. */
public final class DownloadKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(
                        new HttpGetKind(),
                        HttpGetResource.class,
                        tools ->
                                new HttpGetDriver(
                                        tools.watches(),
                                        new Trust(
                                                tools.shared(
                                                        HostRoot.class, _ -> HostRoot.REAL)))));
    }
}
