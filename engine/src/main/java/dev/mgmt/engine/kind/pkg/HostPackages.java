package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.PackageFiles;
import dev.mgmt.engine.kind.pkg.PackageManager.Database;
import dev.mgmt.engine.kind.pkg.PkgResource.State;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The packages of one host, for all package resources of an engine: which manager it has, what is
 * installed and what is on offer, each read once and again only when the files it comes from have
 * changed, and one transaction at a time.
 */
final class HostPackages implements PackageFiles {
    private final PackageHost host;
    private final DirectoryWatches watches;
    private final ListAge age;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock reading = new ReentrantLock();
    private final Set<String> followed = ConcurrentHashMap.newKeySet();
    private @Nullable PackageManager manager;
    private @Nullable Read<Map<String, Standing>> installed;
    private @Nullable Read<Map<String, Offer>> offers;
    private Set<String> asked = Set.of();

    /** Something read, and how the files that it comes from were then. */
    private record Read<T>(List<@Nullable FileStamp> stamps, T value) {}

    /** What is done while nobody else in this engine changes packages. */
    @FunctionalInterface
    interface Turn {
        void take() throws IOException, InterruptedException;
    }

    HostPackages(PackageHost host, DirectoryWatches watches, ListAge age) {
        this.host = host;
        this.watches = watches;
        this.age = age;
    }

    static HostPackages shared(HostTools tools) {
        return tools.shared(
                HostPackages.class,
                all ->
                        new HostPackages(
                                new ToolHost(HostRoot.REAL),
                                all.watches(),
                                ListAge.of(all.state())));
    }

    PackageHost host() {
        return host;
    }

    DirectoryWatches watches() {
        return watches;
    }

    ListAge age() {
        return age;
    }

    PackageManager manager() throws IOException, InterruptedException {
        reading.lockInterruptibly();
        try {
            PackageManager known = manager;
            if (known == null) {
                known =
                        Managers.of(host)
                                .orElseThrow(
                                        () ->
                                                new IOException(
                                                        "this host has no package manager that is"
                                                                + " known here (apt, dnf, zypper,"
                                                                + " pacman or apk)"));
                manager = known;
            }
            return known;
        } finally {
            reading.unlock();
        }
    }

    /** The lists are asked about it whenever they are asked about anything. */
    void follow(String name) {
        followed.add(name);
    }

    Map<String, Standing> installed() throws IOException, InterruptedException {
        PackageManager known = manager();
        reading.lockInterruptibly();
        try {
            Database database = known.database();
            List<@Nullable FileStamp> stamps = stamps(database.files(), database.directories());
            Read<Map<String, Standing>> before = installed;
            if (before != null && same(before.stamps(), stamps)) {
                return before.value();
            }
            Map<String, Standing> now = Map.copyOf(known.installed());
            installed = new Read<>(stamps, now);
            return now;
        } finally {
            reading.unlock();
        }
    }

    /** What a package of this state is judged by, as it is now. */
    View view(PkgResource resource) throws IOException, InterruptedException {
        return new View(installed(), lists(resource));
    }

    /** How the files of the lists are, if newer ones matter to the resource. */
    List<@Nullable FileStamp> lists(PkgResource resource) throws IOException, InterruptedException {
        return resource.state() instanceof State.Newest
                ? stamps(manager().database().lists(), List.of())
                : List.of();
    }

    /** What the lists say of these; what they do not know is missing. */
    Map<String, Offer> offers(Collection<String> names) throws IOException, InterruptedException {
        if (names.isEmpty()) {
            return Map.of();
        }
        PackageManager known = manager();
        reading.lockInterruptibly();
        try {
            Database database = known.database();
            List<Path> sources = new ArrayList<>(database.files());
            sources.addAll(database.directories());
            List<@Nullable FileStamp> stamps = stamps(sources, database.lists());
            Read<Map<String, Offer>> before = offers;
            if (before != null && asked.containsAll(names) && same(before.stamps(), stamps)) {
                return before.value();
            }
            Set<String> all = new LinkedHashSet<>(names);
            all.addAll(followed);
            Map<String, Offer> now = new HashMap<>(known.offers(all));
            offers = new Read<>(stamps, now);
            asked = all;
            return now;
        } finally {
            reading.unlock();
        }
    }

    /** A manager has been at work: all may be different now, whatever the files look like. */
    void forget() throws InterruptedException {
        reading.lockInterruptibly();
        try {
            installed = null;
            offers = null;
        } finally {
            reading.unlock();
        }
    }

    void inTurn(Turn work) throws IOException, InterruptedException {
        turn.lockInterruptibly();
        try {
            work.take();
        } finally {
            turn.unlock();
        }
    }

    /** Hears of every change of packages and, where newer ones matter, of the lists. */
    Keeper.Watch watch(State state, Runnable changed) throws IOException, InterruptedException {
        Database database = manager().database();
        DirectoryWatches.PathWatch watch = watches.open(changed);
        try {
            for (Path file : database.files()) {
                watch.add(file);
            }
            List<Path> directories = new ArrayList<>(database.directories());
            if (state instanceof State.Newest) {
                directories.addAll(database.lists());
            }
            for (Path directory : directories) {
                watch.cover(directory);
            }
        } catch (IOException e) {
            watch.close();
            throw new IOException("cannot watch the package database: " + e.getMessage(), e);
        }
        return watch::close;
    }

    /**
     * A host without a package manager has no packages: that is none of the graph's edges' fault.
     */
    @Override
    public Set<Path> of(String packageName) throws IOException, InterruptedException {
        if (Managers.of(host).isEmpty() || !installed().containsKey(packageName)) {
            return Set.of();
        }
        Set<Path> files = new LinkedHashSet<>();
        for (Path file : manager().files(packageName)) {
            files.add(file.normalize());
        }
        return files;
    }

    private static List<@Nullable FileStamp> stamps(List<Path> first, List<Path> second)
            throws IOException {
        List<@Nullable FileStamp> stamps = new ArrayList<>();
        for (Path path : first) {
            stamps.add(FileStamp.behind(path));
        }
        for (Path path : second) {
            stamps.add(FileStamp.behind(path));
        }
        return stamps;
    }

    /** Untouched since, and not touched again within one tick of the clock. */
    private static boolean same(List<@Nullable FileStamp> before, List<@Nullable FileStamp> now) {
        if (now.stream().allMatch(Objects::isNull)) {
            return false; // It is kept where nobody here knows.
        }
        long millis = System.currentTimeMillis();
        for (int i = 0; i < now.size(); i++) {
            FileStamp earlier = before.get(i);
            FileStamp later = now.get(i);
            if (earlier == null ? later != null : !earlier.same(later)) {
                return false;
            }
            if (later != null && !later.settledAt(millis)) {
                return false;
            }
        }
        return true;
    }
}
