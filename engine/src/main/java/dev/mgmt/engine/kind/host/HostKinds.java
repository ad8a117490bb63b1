package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** How a host is set up: scheduled commands, lines of files, mounts, kernel parameters. */
public final class HostKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(
                        new CronKind(),
                        CronResource.class,
                        tools -> new CronDriver(HostFiles.of(tools))),
                new ProvidedKind<>(
                        new LineKind(),
                        LineResource.class,
                        tools -> new LineDriver(HostFiles.of(tools))),
                new ProvidedKind<>(
                        new MountKind(),
                        MountResource.class,
                        tools ->
                                new MountDriver(
                                        HostFiles.of(tools),
                                        tools.shared(MountEvents.class, _ -> new MountEvents()))),
                new ProvidedKind<>(
                        new SysctlKind(),
                        SysctlResource.class,
                        tools -> new SysctlDriver(HostFiles.of(tools))));
    }
}
