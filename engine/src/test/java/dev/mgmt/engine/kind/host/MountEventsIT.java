package dev.mgmt.engine.kind.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.driver.Keeper.WatchListener;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hears of mounts of this machine; needs root, and findmnt(8) of the package util-linux. */
class MountEventsIT {
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir private Path place;
    @TempDir private Path empty;

    /** Hears once. */
    private static final class Ear implements WatchListener {
        private final CountDownLatch heard = new CountDownLatch(1);

        @Override
        public void changed() {
            heard.countDown();
        }

        @Override
        public void ended(String reason) {
            throw new AssertionError(reason);
        }
    }

    private void mount() throws IOException, InterruptedException {
        HostRoot.REAL
                .run(List.of("mount", "-t", "tmpfs", "t", place.toString()))
                .expect("mount (tests run as root)");
    }

    private void umount() throws IOException, InterruptedException {
        HostRoot.REAL.run(List.of("umount", place.toString())).expect("unmount");
    }

    private void hears(MountEvents events) throws IOException, InterruptedException {
        Ear mounts = new Ear();
        Runnable first = events.open(mounts);
        mount();
        try {
            assertTrue(mounts.heard.await(30, TimeUnit.SECONDS), "the mount");
            Ear unmounts = new Ear();
            Runnable second = events.open(unmounts);
            first.run();
            umount();
            assertTrue(unmounts.heard.await(30, TimeUnit.SECONDS), "the unmount");
            second.run();
        } finally {
            events.close();
            if (Mounted.at(place.toRealPath()).isPresent()) {
                umount();
            }
        }
    }

    @Test
    void kernelTellsByWayOfFindmnt() throws IOException, InterruptedException {
        hears(new MountEvents(HostRoot.REAL, NEVER));
    }

    @Test
    void withoutFindmntTheTableIsRead() throws IOException, InterruptedException {
        hears(new MountEvents(new HostRoot(empty), Duration.ofMillis(20)));
    }

    @Test
    void nothingRunsOnceNobodyListens() throws IOException, InterruptedException {
        MountEvents events = new MountEvents(HostRoot.REAL, NEVER);
        Runnable one = events.open(new Ear());
        Runnable other = events.open(new Ear());
        long before = ProcessHandle.current().children().count();
        one.run();
        assertEquals(before, ProcessHandle.current().children().count());
        other.run();
        assertEquals(before - 1, ProcessHandle.current().children().count());
    }
}
