package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.ResourceDriver.Joined;
import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import dev.mgmt.engine.kind.pkg.PkgResource.State;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.os.StateDirectory;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The driver of packages on a host that a test has made, without an engine. */
final class PkgRig implements AutoCloseable {
    static final Attempt APPLY = new Attempt(Enforcement.APPLY, Attempt.Refresh.NONE);
    static final Attempt CHECK = new Attempt(Enforcement.CHECK_ONLY, Attempt.Refresh.NONE);

    private final DirectoryWatches watches = new DirectoryWatches();
    private final StateDirectory state = StateDirectory.temporary();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final HostPackages packages;
    private final PkgDriver driver;

    private PkgRig(PackageHost host, InstantSource clock) {
        packages = new HostPackages(host, watches, new ListAge(state, clock));
        driver = new PkgDriver(packages);
    }

    static PkgRig on(HostRoot root) {
        return on(new ToolHost(root), InstantSource.system());
    }

    static PkgRig on(PackageHost host, InstantSource clock) {
        return new PkgRig(host, clock);
    }

    /** Closes all this with itself. */
    DriverRegistry registry() {
        return new DriverRegistry(this::close).add(PkgResource.class, driver);
    }

    HostPackages packages() {
        return packages;
    }

    PkgDriver driver() {
        return driver;
    }

    /** What users were told. */
    List<String> said() {
        return said;
    }

    static PkgResource installed(String name, Allow... allows) {
        return new PkgResource(id(name), Meta.NONE, new State.Installed(), Set.of(allows));
    }

    static PkgResource newest(String name) {
        return new PkgResource(id(name), Meta.NONE, new State.Newest(), Set.of());
    }

    static PkgResource uninstalled(String name) {
        return new PkgResource(id(name), Meta.NONE, new State.Uninstalled(), Set.of());
    }

    static PkgResource version(String name, String version, Allow... allows) {
        return new PkgResource(id(name), Meta.NONE, new State.Version(version), Set.of(allows));
    }

    private static ResourceId id(String name) {
        return new ResourceId("pkg", name);
    }

    List<Outcome> apply(PkgResource... resources) throws IOException, InterruptedException {
        return run(APPLY, resources);
    }

    List<Outcome> run(Attempt attempt, PkgResource... resources)
            throws IOException, InterruptedException {
        return driver.runTogether(
                Stream.of(resources)
                        .map(
                                resource ->
                                        new Joined(
                                                driver.keeper(
                                                        resource, (_, line) -> said.add(line)),
                                                attempt))
                        .toList());
    }

    /** One outcome in a line: what changed, would change, or why not. */
    static String shown(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Good _ -> "good";
            case Outcome.Changed changed -> "did " + changed.mendings().getFirst().detail();
            case Outcome.Deviates deviates -> "would " + deviates.mendings().getFirst().detail();
            case Outcome.Failed failed -> "failed: " + failed.reason();
        };
    }

    static List<String> shown(List<Outcome> outcomes) {
        return outcomes.stream().map(PkgRig::shown).toList();
    }

    @Override
    public void close() {
        watches.close();
        state.close();
    }
}
