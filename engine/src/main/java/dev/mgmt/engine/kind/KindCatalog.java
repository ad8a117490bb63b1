package dev.mgmt.engine.kind;

import dev.mgmt.engine.driver.CheckListener;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.HeardDriver;
import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import dev.mgmt.engine.exchange.AwaitingDriver;
import dev.mgmt.engine.exchange.AwaitingResource;
import dev.mgmt.engine.exchange.ReceivingDriver;
import dev.mgmt.engine.exchange.ReceivingResource;
import dev.mgmt.engine.kind.account.AccountKinds;
import dev.mgmt.engine.kind.archive.ArchiveKinds;
import dev.mgmt.engine.kind.augeas.AugeasKinds;
import dev.mgmt.engine.kind.download.DownloadKinds;
import dev.mgmt.engine.kind.exec.ExecKinds;
import dev.mgmt.engine.kind.file.FileKinds;
import dev.mgmt.engine.kind.host.HostKinds;
import dev.mgmt.engine.kind.kv.KvKinds;
import dev.mgmt.engine.kind.message.MessageKinds;
import dev.mgmt.engine.kind.password.PasswordKinds;
import dev.mgmt.engine.kind.pkg.PkgKinds;
import dev.mgmt.engine.kind.systemd.SystemdKinds;
import dev.mgmt.engine.kind.timer.TimerKinds;
import dev.mgmt.engine.resource.Kinds;
import dev.mgmt.engine.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** All kinds there are: those of the program, and those of jars beside it. */
public final class KindCatalog {
    /** One line per family. */
    private static final List<KindProvider> OURS =
            List.of(
                    new AccountKinds(),
                    new ArchiveKinds(),
                    new AugeasKinds(),
                    new DownloadKinds(),
                    new ExecKinds(),
                    new FileKinds(),
                    new HostKinds(),
                    new KvKinds(),
                    new MessageKinds(),
                    new PasswordKinds(),
                    new PkgKinds(),
                    new SystemdKinds(),
                    new TimerKinds());

    private final List<ProvidedKind<?>> provided;

    private KindCatalog(List<ProvidedKind<?>> provided) {
        this.provided = List.copyOf(provided);
    }

    /**
     * What comes with the program, and what {@link ServiceLoader} finds.
     *
     * @throws ServiceConfigurationError if a jar is not as it should be, or brings a kind that
     *     there is already
     */
    public static KindCatalog installed() {
        List<KindProvider> found = new ArrayList<>();
        ServiceLoader.load(KindProvider.class, KindCatalog.class.getClassLoader())
                .forEach(found::add);
        KindCatalog catalog = withOurs(found);
        try {
            catalog.kinds();
        } catch (IllegalArgumentException twice) {
            throw new ServiceConfigurationError(twice.getMessage(), twice);
        }
        return catalog;
    }

    /** What comes with the program alone: all that a host of a fleet knows. */
    public static KindCatalog builtIn() {
        return withOurs(List.of());
    }

    /** What comes with the program, and these. */
    public static KindCatalog withOurs(List<? extends KindProvider> others) {
        List<ProvidedKind<?>> all = new ArrayList<>();
        OURS.forEach(provider -> all.addAll(provider.kinds()));
        others.forEach(provider -> all.addAll(provider.kinds()));
        return new KindCatalog(all);
    }

    /** The same kinds, with somebody who hears what comes of every check. */
    public KindCatalog heardBy(CheckListener listener) {
        return new KindCatalog(
                provided.stream().<ProvidedKind<?>>map(kind -> heard(kind, listener)).toList());
    }

    private static <R extends Resource> ProvidedKind<R> heard(
            ProvidedKind<R> kind, CheckListener listener) {
        return new ProvidedKind<>(
                kind.kind(),
                kind.type(),
                tools -> new HeardDriver<>(kind.driver().apply(tools), listener));
    }

    /** For reading graphs. */
    public Kinds kinds() {
        return Kinds.of(provided.stream().map(ProvidedKind::kind).toList());
    }

    /**
     * For applying them.
     *
     * @param tools closed with the registry
     */
    public DriverRegistry drivers(HostTools tools) {
        DriverRegistry registry = new DriverRegistry(tools::close);
        provided.forEach(kind -> registry.add(kind, tools));
        registry.packageFiles(PkgKinds.files(tools));
        return registry.add(AwaitingResource.class, new AwaitingDriver())
                .add(ReceivingResource.class, new ReceivingDriver(registry, kinds()));
    }
}
