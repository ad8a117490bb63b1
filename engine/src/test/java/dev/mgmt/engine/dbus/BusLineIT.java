package dev.mgmt.engine.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real dbus-daemon that dies, and comes back or not. */
@Timeout(60)
class BusLineIT {
    private static final String NAME = "org.freedesktop.DBus";
    private static final String PATH = "/org/freedesktop/DBus";
    private static final SignalMatch OWNERS = new SignalMatch(NAME, PATH, NAME, "NameOwnerChanged");

    @TempDir private Path directory;
    private BusDaemon daemon;
    private BusLine line;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        daemon = BusDaemon.start(directory);
        line = line(20);
    }

    private BusLine line(int tries) {
        return new BusLine(() -> Bus.connect(daemon.socket(), Bus.Partner.BUS), tries);
    }

    @AfterEach
    void close() {
        line.close();
        daemon.close();
    }

    private final BusLine.Ear ear =
            new BusLine.Ear() {
                @Override
                public void heard(Signal signal) {
                    heard.add(signal.text(0));
                }

                @Override
                public void missed() {
                    heard.add("missed");
                }

                @Override
                public void ended(String reason) {
                    heard.add(reason);
                }
            };

    private String next() throws InterruptedException {
        String next = heard.poll(20, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    private void own(String name) throws IOException, InterruptedException {
        line.bus().call(new Call(NAME, PATH, NAME, "RequestName", "su", List.of(name, 0)));
    }

    @Test
    void listenersAreMovedToTheNextConnectionAndToldToLook()
            throws IOException, InterruptedException {
        try (BusLine.Listening _ = line.listen(_ -> {}, Set.of(OWNERS), ear)) {
            own("dev.mgmt.One");
            assertEquals("dev.mgmt.One", next());
            daemon.close();
            daemon = BusDaemon.start(directory);
            assertEquals("missed", next());
            own("dev.mgmt.Two");
            assertEquals("dev.mgmt.Two", next());
            assertTrue(heard.isEmpty(), heard::toString);
        }
    }

    @Test
    void busThatDoesNotComeBackEndsTheWatch() throws IOException, InterruptedException {
        line.close();
        line = line(3);
        line.listen(_ -> {}, Set.of(OWNERS), ear);
        daemon.close();
        assertEquals("the bus closed the connection, and it did not come back", next());
        assertThrows(IOException.class, () -> line.listen(_ -> {}, Set.of(OWNERS), ear));
        daemon = BusDaemon.start(directory);
        try (BusLine.Listening _ = line.listen(_ -> {}, Set.of(OWNERS), ear)) {
            own("dev.mgmt.Three");
            assertEquals("dev.mgmt.Three", next());
        }
    }

    @Test
    void setupThatFailsAtFirstIsTriedAgainAndNothingIsHeardTwice()
            throws IOException, InterruptedException {
        List<Bus> refused = new ArrayList<>();
        BusLine.Setup setup =
                bus -> {
                    if (!refused.isEmpty() && refused.size() < 3) {
                        refused.add(bus);
                        throw new IOException("not yet");
                    }
                    refused.add(bus);
                };
        try (BusLine.Listening _ = line.listen(setup, Set.of(OWNERS), ear)) {
            daemon.close();
            daemon = BusDaemon.start(directory);
            assertEquals("missed", next());
            own("dev.mgmt.Four");
            own("dev.mgmt.Five");
            assertEquals("dev.mgmt.Four", next());
            assertEquals("dev.mgmt.Five", next());
        }
    }

    @Test
    void afterTheEndNothingIsDialled() throws IOException, InterruptedException {
        line.listen(_ -> {}, Set.of(OWNERS), ear);
        line.close();
        assertThrows(BusLost.class, line::bus);
        assertTrue(heard.isEmpty(), heard::toString);
    }
}
