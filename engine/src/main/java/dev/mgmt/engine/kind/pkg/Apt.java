package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Debian's and its descendants': apt-get(8), apt-cache(8) and dpkg(1). */
final class Apt implements PackageManager {
    private static final String DPKG = "/var/lib/dpkg";

    private static final Speech SPEECH =
            new Speech(
                    List.of(
                            "E: Unable to locate package NAME",
                            "E: Version '.*' for 'NAME' was not found",
                            "E: Package 'NAME' has no installation candidate",
                            " NAME(?::\\w+)? : (?:PreDepends|Depends|Conflicts|Breaks): .*",
                            "dpkg: error processing package NAME(?::\\w+)? \\(.*",
                            "dpkg: error processing archive \\S*/NAME_.*"),
                    Pattern.compile("(?:E: |dpkg: error |W: Failed to fetch ).*"),
                    Pattern.compile(
                            "E: Could not get lock .*(?:held by|temporarily unavailable).*"),
                    Pattern.compile("E: Failed to fetch .*"),
                    Pattern.compile("W: Failed to fetch .*"));

    private final PackageHost host;

    Apt(PackageHost host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "apt";
    }

    @Override
    public Database database() {
        return new Database(
                List.of(host.at(DPKG + "/status")),
                List.of(),
                List.of(host.at("/var/lib/apt/lists"), host.at("/var/lib/apt/lists/partial")));
    }

    @Override
    public Map<String, Standing> installed() throws IOException {
        return DpkgStatus.read(host.at(DPKG));
    }

    @Override
    public Map<String, Offer> offers(Collection<String> names)
            throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("apt-cache", "policy"));
        argv.addAll(names);
        return PolicyTable.apt(
                host.ask(argv).expecting("the lists of apt", "apt-cache", Set.of(0)).out());
    }

    @Override
    public int compare(String first, String second) throws IOException, InterruptedException {
        boolean older = host.ask(List.of("dpkg", "--compare-versions", first, "lt", second)).well();
        return older ? -1 : first.equals(second) ? 0 : 1;
    }

    @Override
    public Set<Path> files(String packageName) throws IOException {
        Path info = host.at(DPKG + "/info");
        Path list = info.resolve(packageName + ".list");
        if (Files.exists(list)) {
            return paths(list);
        }
        try (DirectoryStream<Path> lists =
                Files.newDirectoryStream(info, packageName + ":*.list")) {
            for (Path one : lists) {
                return paths(one);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            return Set.of();
        }
        return Set.of();
    }

    private static Set<Path> paths(Path list) throws IOException {
        Set<Path> paths = new LinkedHashSet<>();
        for (String line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
            if (line.startsWith("/")) {
                paths.add(Path.of(line));
            }
        }
        return paths;
    }

    /** In the order in which apt itself takes them. */
    @Override
    public List<LockWait.Lock> locks() {
        return List.of(
                new LockWait.Lock.RecordLock(host.at("/var/lib/apt/lists/lock")),
                new LockWait.Lock.RecordLock(host.at("/var/cache/apt/archives/lock")),
                new LockWait.Lock.RecordLock(host.at(DPKG + "/lock-frontend")),
                new LockWait.Lock.RecordLock(host.at(DPKG + "/lock")));
    }

    @Override
    public List<String> refresh(Set<Allow> allowed) {
        List<String> argv = call();
        if (allowed.contains(Allow.UNTRUSTED)) {
            argv.add("--allow-insecure-repositories");
        }
        argv.add("update");
        return argv;
    }

    /** It installs and removes in one call. */
    @Override
    public List<List<Step>> calls(List<Step> steps) {
        return List.of(steps);
    }

    @Override
    public List<String> command(List<Step> steps, Set<Allow> allowed) {
        List<String> argv = call();
        argv.add("-y");
        argv.addAll(dpkgOptions("-oDpkg::Options::="));
        if (allowed.contains(Allow.UNTRUSTED)) {
            argv.add("--allow-unauthenticated");
        }
        if (allowed.contains(Allow.DOWNGRADE)) {
            argv.add("--allow-downgrades");
        }
        boolean removes = Calls.removes(steps);
        argv.add(removes ? "remove" : "install");
        for (Step step : steps) {
            argv.add(
                    switch (step) {
                        case Step.Install(String name) -> name;
                        case Step.Upgrade(String name) -> name;
                        case Step.Pin(String name, String version) -> name + "=" + version;
                        case Step.Remove(String name) -> removes ? name : name + "-";
                    });
        }
        return argv;
    }

    @Override
    public Optional<List<String>> repair() throws IOException {
        if (DpkgStatus.updates(host.at(DPKG)).isEmpty()) {
            return Optional.empty();
        }
        List<String> argv = new ArrayList<>(List.of("dpkg", "--configure", "-a"));
        argv.addAll(dpkgOptions(""));
        return Optional.of(argv);
    }

    @Override
    public Speech speech() {
        return SPEECH;
    }

    /** Names are names, never patterns; no bar is drawn; who has the lock is waited for. */
    private static List<String> call() {
        return new ArrayList<>(
                List.of(
                        "apt-get",
                        "-q",
                        "-oDPkg::Lock::Timeout=-1",
                        "-oDpkg::Use-Pty=0",
                        "-oAPT::Cmd::Pattern-Only=true"));
    }

    /** A configuration file that somebody has changed stays as it is; nobody is asked. */
    private static List<String> dpkgOptions(String prefix) {
        return List.of(prefix + "--force-confdef", prefix + "--force-confold");
    }
}
