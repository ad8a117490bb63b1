package dev.mgmt.engine.os;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches of paths, all through one inotify instance: a user may have 128 of those, and a graph
 * thousands of files.
 *
 * <p>For each path its directory is watched, and every directory above for the name that leads to
 * it: so a path that vanishes with its parents is still known, and picked up again when they return
 * ({@link #rearm}). A directory's watch is in place before those below it are made and before
 * anybody is told, hence whoever looks after being told sees all that came before the watch.
 *
 * <p>All state is guarded by this object's monitor; listeners are called without it.
 */
public final class DirectoryWatches implements AutoCloseable {
    private static final WatchEvent.Kind<?>[] EVERYTHING = {
        ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY
    };

    /** Enough for a directory that is only watched for the way through it. */
    private static final WatchEvent.Kind<?>[] COMINGS_AND_GOINGS = {ENTRY_CREATE, ENTRY_DELETE};

    private final Map<Path, Directory> directories = new HashMap<>();
    private final Map<WatchKey, Set<Directory>> byKey = new HashMap<>();
    private @Nullable WatchService service;
    private boolean closed;

    /** How much is wanted of a directory, from little to much. */
    private enum Extent {
        COMINGS_AND_GOINGS,
        EVERYTHING
    }

    /** One directory that is watched, or will be as soon as it exists. */
    private static final class Directory {
        private final Path path;
        private final Map<Path, Set<PathWatch>> byName = new HashMap<>();
        private final Set<PathWatch> whole = new HashSet<>();
        private final Map<Path, Directory> below = new HashMap<>();
        private @Nullable WatchKey key;
        private Extent extent = Extent.COMINGS_AND_GOINGS;

        private Directory(Path path) {
            this.path = path;
        }

        private boolean unused() {
            return byName.isEmpty() && whole.isEmpty() && below.isEmpty();
        }

        private Extent wanted() {
            return byName.isEmpty() && whole.isEmpty()
                    ? Extent.COMINGS_AND_GOINGS
                    : Extent.EVERYTHING;
        }

        /** Watched as it is wanted, as far as is known: what is not known yet will be an event. */
        private boolean watched() {
            WatchKey present = key;
            return present != null && present.isValid() && extent.compareTo(wanted()) >= 0;
        }
    }

    /** What one listener wants to hear of. */
    public final class PathWatch {
        private final Runnable changed;
        private final Consumer<String> lost;
        private final Set<Path> names = new HashSet<>();
        private final Set<Path> covered = new HashSet<>();
        private boolean over;

        private PathWatch(Runnable changed, Consumer<String> lost) {
            this.changed = changed;
            this.lost = lost;
        }

        /** Also hears of every entry of this directory, from now on. */
        public void cover(Path directory) throws IOException {
            synchronized (DirectoryWatches.this) {
                if (!over && covered.add(directory)) {
                    Directory watched = directory(directory);
                    watched.whole.add(this);
                    ensure(watched);
                }
            }
        }

        /** Hears of no directories but these. */
        public void retain(Set<Path> directories) {
            synchronized (DirectoryWatches.this) {
                for (Path path : List.copyOf(covered)) {
                    if (!directories.contains(path)) {
                        covered.remove(path);
                        uncover(path);
                    }
                }
            }
        }

        /** Also hears of this path, from now on. */
        public void add(Path path) throws IOException {
            Path parent = path.getParent();
            Path name = path.getFileName();
            if (parent == null || name == null) {
                return; // The root directory neither comes nor goes.
            }
            synchronized (DirectoryWatches.this) {
                if (over) {
                    return;
                }
                names.add(path);
                Directory directory = directory(parent);
                directory.byName.computeIfAbsent(name, _ -> new HashSet<>()).add(this);
                ensure(directory);
            }
        }

        public void close() {
            synchronized (DirectoryWatches.this) {
                over = true;
                retain(Set.of());
                for (Path path : names) {
                    forget(path);
                }
                names.clear();
            }
        }

        private void uncover(Path path) {
            Directory watched = directories.get(path);
            if (watched != null) {
                watched.whole.remove(this);
                prune(watched);
            }
        }

        private void forget(Path path) {
            Directory watched = directories.get(path.getParent());
            Path name = path.getFileName();
            if (watched == null || name == null) {
                return;
            }
            Set<PathWatch> sharing = watched.byName.get(name);
            if (sharing != null && sharing.remove(this) && sharing.isEmpty()) {
                watched.byName.remove(name);
            }
            prune(watched);
        }
    }

    /** A watch of nothing yet, for who looks again anyway. */
    public PathWatch open(Runnable changed) {
        return open(changed, _ -> changed.run());
    }

    /**
     * A watch of nothing yet.
     *
     * @param lost told why when a directory that came back cannot be watched again
     */
    public PathWatch open(Runnable changed, Consumer<String> lost) {
        return new PathWatch(changed, lost);
    }

    @Override
    public void close() {
        WatchService open;
        synchronized (this) {
            closed = true;
            open = service;
        }
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new IllegalStateException("the watch service cannot be closed", e);
            }
        }
    }

    /** The watch service is made with the first watch: a graph without files needs none. */
    private WatchService service() throws IOException {
        if (closed) {
            throw new IOException("the engine is closed");
        }
        WatchService open = service;
        if (open == null) {
            open = FileSystems.getDefault().newWatchService();
            service = open;
            WatchService listened = open;
            Thread.ofVirtual().name("file watches").start(() -> listen(listened));
        }
        return open;
    }

    /** The directory's node, made with those above it, which are watched first. */
    private Directory directory(Path path) throws IOException {
        Directory known = directories.get(path);
        if (known != null) {
            return known;
        }
        Directory made = new Directory(path);
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent != null && name != null) {
            Directory above = directory(parent);
            above.below.put(name, made);
        }
        directories.put(path, made);
        ensure(made);
        return made;
    }

    private void ensure(Directory directory) throws IOException {
        if (!directory.watched()) {
            register(directory);
        }
    }

    /** Makes or renews the operating system's watch; a directory that is not there has none. */
    private void register(Directory directory) throws IOException {
        WatchKey now;
        try {
            directory.extent = directory.wanted();
            now = directory.path.register(service(), kinds(directory.extent));
        } catch (NoSuchFileException | NotDirectoryException e) {
            now = null;
        } catch (IOException e) {
            throw InotifyLimit.explain(directory.path, byKey.size(), e);
        }
        WatchKey before = directory.key;
        if (before != null && !before.equals(now)) {
            drop(directory, before);
        }
        directory.key = now;
        if (now != null) {
            Set<Directory> sharing = byKey.computeIfAbsent(now, _ -> new HashSet<>());
            sharing.add(directory);
            if (sharing.size() > 1) {
                // Two paths, one directory: what either wants to hear must be heard.
                directory.path.register(service(), EVERYTHING);
            }
        }
    }

    private static WatchEvent.Kind<?>[] kinds(Extent extent) {
        return switch (extent) {
            case COMINGS_AND_GOINGS -> COMINGS_AND_GOINGS;
            case EVERYTHING -> EVERYTHING;
        };
    }

    private void drop(Directory directory, WatchKey key) {
        Set<Directory> sharing = byKey.get(key);
        if (sharing != null && sharing.remove(directory) && sharing.isEmpty()) {
            byKey.remove(key);
            key.cancel();
        }
        directory.key = null;
    }

    private void prune(Directory directory) {
        Path parent = directory.path.getParent();
        Path name = directory.path.getFileName();
        if (!directory.unused()) {
            return;
        }
        WatchKey key = directory.key;
        if (key != null) {
            drop(directory, key);
        }
        directories.remove(directory.path);
        Directory above = parent == null ? null : directories.get(parent);
        if (above != null && name != null) {
            above.below.remove(name);
            prune(above);
        }
    }

    private void listen(WatchService listened) {
        try {
            while (true) {
                WatchKey key = listened.take();
                News news = new News();
                synchronized (this) {
                    Set<Directory> sharing = byKey.getOrDefault(key, Set.of());
                    List<WatchEvent<?>> events = key.pollEvents();
                    for (Directory directory : List.copyOf(sharing)) {
                        sort(directory, events, news);
                    }
                    key.reset();
                }
                news.tell();
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // Closed: nobody listens any more.
        }
    }

    /** Finds who wants to hear of these events. */
    private void sort(Directory directory, List<WatchEvent<?>> events, News news) {
        for (WatchEvent<?> event : events) {
            news.concerned.addAll(directory.whole);
            if (OVERFLOW.equals(event.kind()) || !(event.context() instanceof Path name)) {
                // Whatever is below may have come and gone, too.
                new ArrayList<>(directory.below.values()).forEach(below -> rearm(below, news));
                everybody(directory, news.concerned);
                continue;
            }
            news.concerned.addAll(directory.byName.getOrDefault(name, Set.of()));
            Directory below = directory.below.get(name);
            if (below != null && !ENTRY_MODIFY.equals(event.kind())) {
                rearm(below, news);
                everybody(below, news.concerned);
            }
        }
    }

    /** Who is to hear what, once the monitor is free. */
    private static final class News {
        private final Set<PathWatch> concerned = new HashSet<>();
        private final Map<PathWatch, String> lost = new HashMap<>();

        private void tell() {
            for (PathWatch watch : concerned) {
                watch.changed.run();
            }
            lost.forEach((watch, reason) -> watch.lost.accept(reason));
        }
    }

    /** A directory came, went or was replaced: watch what is at the path now, and below it. */
    private void rearm(Directory directory, News news) {
        try {
            register(directory);
        } catch (IOException e) {
            // Not allowed, or no more watches.
            WatchKey key = directory.key;
            if (key != null) {
                drop(directory, key);
            }
            Set<PathWatch> blind = new HashSet<>();
            everybody(directory, blind);
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            blind.forEach(watch -> news.lost.put(watch, reason));
        }
        for (Directory below : new ArrayList<>(directory.below.values())) {
            rearm(below, news);
        }
    }

    private static void everybody(Directory directory, Set<PathWatch> concerned) {
        concerned.addAll(directory.whole);
        for (Set<PathWatch> watches : directory.byName.values()) {
            concerned.addAll(watches);
        }
        for (Directory below : directory.below.values()) {
            everybody(below, concerned);
        }
    }
}
