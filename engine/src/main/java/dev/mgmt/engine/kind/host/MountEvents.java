package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.Keeper.WatchListener;
import dev.mgmt.engine.os.ChildProcess;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says when something was mounted or unmounted on this host. The kernel tells that to whoever polls
 * its table of mounts with poll(2), which Java cannot; findmnt(8) can, so one of those runs while
 * anybody listens. Where there is none, the table is read every ten seconds.
 */
final class MountEvents implements HostTools.Closing {
    private static final Duration SELDOM = Duration.ofSeconds(10);
    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration BREATH = Duration.ofMillis(2);

    private final Set<WatchListener> listeners = new HashSet<>();
    private final HostRoot root;
    private final Duration look;
    private @Nullable Runnable stop;

    MountEvents() {
        this(HostRoot.REAL, SELDOM);
    }

    /**
     * @param root where findmnt is; the table is always that of this process
     * @param look how often the table is read where there is none
     */
    MountEvents(HostRoot root, Duration look) {
        this.root = root;
        this.look = look;
    }

    /** Listens from when this returns until closed. */
    synchronized Runnable open(WatchListener listener) throws IOException, InterruptedException {
        listeners.add(listener);
        if (stop == null) {
            try {
                Optional<String> findmnt = root.find("findmnt");
                stop =
                        findmnt.isPresent() && !isBusybox(findmnt.get())
                                ? follow(findmnt.get())
                                : look();
            } catch (IOException | InterruptedException e) {
                listeners.remove(listener);
                throw e;
            }
        }
        return () -> close(listener);
    }

    private synchronized void close(WatchListener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        Runnable running = stop;
        stop = null;
        if (running != null) {
            running.run();
        }
    }

    private Runnable follow(String findmnt) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        HostRoot.REAL.find("setsid").ifPresent(line::add);
        line.addAll(List.of(findmnt, "--poll", "--noheadings", "--raw", "--output", "ACTION"));
        ChildProcess child =
                ChildProcess.start(
                        line,
                        Optional.empty(),
                        Map.of(),
                        _ -> tell(WatchListener::changed),
                        _ -> {});
        Thread awaiting = Thread.ofVirtual().name("findmnt").unstarted(() -> awaitEnd(child));
        try {
            awaitReady(child);
        } catch (InterruptedException e) {
            child.terminate();
            throw e;
        }
        awaiting.start();
        return () -> {
            awaiting.interrupt();
            child.terminate();
        };
    }

    /** Until it sleeps over the table: changes from then on wake it, and none before matters. */
    private static void awaitReady(ChildProcess child) throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (!ready(child.pid()) && System.nanoTime() < end && !child.ends(BREATH)) {}
    }

    private static boolean ready(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path link : open) {
                if (Files.readSymbolicLink(link).endsWith("mountinfo")) {
                    return Files.readString(process.resolve("stat")).contains(") S ");
                }
            }
        } catch (IOException e) {
            return false; // A descriptor closed under our eyes: it is not there yet.
        }
        return false;
    }

    private void awaitEnd(ChildProcess child) {
        try {
            int code = child.await();
            synchronized (this) {
                stop = null;
            }
            tell(listener -> listener.ended("findmnt --poll ended with exit code " + code));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Runnable look() throws IOException {
        byte[] first = Files.readAllBytes(Mounted.TABLE);
        Thread looking = Thread.ofVirtual().name("mounts").start(() -> look(first));
        return looking::interrupt;
    }

    private void look(byte[] first) {
        byte[] known = first;
        try {
            while (true) {
                Thread.sleep(look);
                byte[] now = Files.readAllBytes(Mounted.TABLE);
                if (!Arrays.equals(known, now)) {
                    known = now;
                    tell(WatchListener::changed);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            tell(listener -> listener.ended("cannot read the table of mounts: " + e.getMessage()));
        }
    }

    private void tell(Consumer<WatchListener> news) {
        List<WatchListener> told;
        synchronized (this) {
            told = List.copyOf(listeners);
        }
        told.forEach(news);
    }

    private static boolean isBusybox(String program) throws IOException {
        return Path.of(program).toRealPath().endsWith("busybox");
    }
}
