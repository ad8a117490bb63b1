package dev.mgmt.remote.push;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Notices changes of files by watching every directory above them, since editors write a new file
 * beside the old one and rename it, and since directories themselves are replaced. Names that are
 * on no way to a file are passed over, so that a busy directory higher up wakes nobody.
 *
 * <p>Owned by one thread; {@link #close} may come from any and ends a wait.
 */
public final class WatchedFiles implements AutoCloseable {
    /** A save is over when nothing was written for this long. */
    private static final Duration QUIET = Duration.ofMillis(10);

    /** A file that is written without a pause is looked at all the same. */
    private static final Duration LONGEST = Duration.ofMillis(200);

    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Set<Path> names = new HashSet<>();

    WatchedFiles(WatchService service) {
        this.service = service;
    }

    /** Watches nothing yet. */
    public static WatchedFiles open() throws IOException {
        return new WatchedFiles(FileSystems.getDefault().newWatchService());
    }

    /**
     * Watches these files from now on, whether they are there or not, and those watched before.
     *
     * @return whether anything is watched that was not: what was read before may be out of date
     */
    public boolean cover(Collection<Path> files) throws IOException {
        Set<Path> directories = new LinkedHashSet<>();
        for (Path file : files) {
            Path path = file.toAbsolutePath().normalize();
            climb(path, directories);
            target(path).ifPresent(target -> climb(target, directories));
        }
        boolean isNew = false;
        for (Path directory : directories) {
            isNew |= register(directory);
        }
        return isNew;
    }

    /**
     * Blocks until a file may have changed and the change is over.
     *
     * @throws java.nio.file.ClosedWatchServiceException when this was closed meanwhile
     */
    public void awaitChange() throws InterruptedException {
        while (!concerns(service.take())) {
            // Somebody else's file.
        }
        long start = System.nanoTime();
        long quiet = start + QUIET.toNanos();
        long left = quiet - start;
        WatchKey key = service.poll(left, TimeUnit.NANOSECONDS);
        while (key != null) {
            boolean goesOn = concerns(key);
            long now = System.nanoTime();
            quiet = goesOn ? now + QUIET.toNanos() : quiet;
            left = Math.min(quiet, start + LONGEST.toNanos()) - now;
            key = service.poll(left, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A link may be changed, and so may what it leads to. */
    private static Optional<Path> target(Path path) throws IOException {
        try {
            return Optional.of(path.toRealPath());
        } catch (NoSuchFileException | NotDirectoryException missing) {
            return Optional.empty();
        }
    }

    private void climb(Path path, Set<Path> directories) {
        Path parent = path.getParent();
        for (Path at = path; parent != null; at = parent, parent = at.getParent()) {
            names.add(at.getFileName());
            directories.add(parent);
        }
    }

    private boolean register(Path directory) throws IOException {
        try {
            WatchKey key = directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            WatchKey before = keys.put(directory, key);
            if (before != null && !before.equals(key)) {
                // Another directory has the name now; the one that had it is of no interest.
                before.cancel();
            }
            return !key.equals(before);
        } catch (NoSuchFileException | NotDirectoryException missing) {
            keys.remove(directory);
            return false;
        }
    }

    private boolean concerns(WatchKey key) {
        boolean concerns = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            boolean isLost = !(event.context() instanceof Path);
            concerns |= isLost || names.contains(event.context());
        }
        if (!key.reset()) {
            keys.values().removeIf(key::equals);
            return true;
        }
        return concerns;
    }
}
