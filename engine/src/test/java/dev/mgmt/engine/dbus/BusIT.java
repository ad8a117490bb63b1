package dev.mgmt.engine.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real dbus-daemon. */
@Timeout(60)
class BusIT {
    private static final String NAME = "org.freedesktop.DBus";
    private static final String PATH = "/org/freedesktop/DBus";
    private static final SignalMatch OWNERS = new SignalMatch(NAME, PATH, NAME, "NameOwnerChanged");

    @TempDir private Path directory;
    private BusDaemon daemon;
    private Bus bus;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        daemon = BusDaemon.start(directory);
        bus = Bus.connect(daemon.socket(), Bus.Partner.BUS);
    }

    @AfterEach
    void close() {
        bus.close();
        daemon.close();
    }

    private static Call call(String method, String signature, Object... arguments) {
        return new Call(NAME, PATH, NAME, method, signature, List.of(arguments));
    }

    private static final class Heard implements Bus.SignalListener {
        private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
        private final BlockingQueue<BusLost> losses = new LinkedBlockingQueue<>();

        @Override
        public void heard(Signal signal) {
            signals.add(signal);
        }

        @Override
        public void lost(BusLost why) {
            losses.add(why);
        }
    }

    @Test
    void helloIsSaidAndCallsAreAnswered() throws IOException, InterruptedException {
        Object names = bus.call(call("ListNames", "")).getFirst();
        assertTrue(((List<?>) names).contains(":1.0"), names.toString());
        assertEquals(1L, bus.call(call("RequestName", "su", "dev.mgmt.Test", 0)).getFirst());
        assertEquals(List.of(true), bus.call(call("NameHasOwner", "s", "dev.mgmt.Test")));
    }

    @Test
    void errorHasItsNameAndTheConnectionGoesOn() throws IOException, InterruptedException {
        BusError error =
                assertThrows(
                        BusError.class, () -> bus.call(call("GetNameOwner", "s", "no.such.Name")));
        assertTrue(error.nobodyThere());
        assertFalse(error.denied());
        error =
                assertThrows(
                        BusError.class,
                        () -> bus.call(new Call("no.such.Name", "/", "a.b", "C", "", List.of())));
        assertEquals(NAME + ".Error.ServiceUnknown", error.name());
        assertEquals(1, bus.call(call("GetId", "")).size());
    }

    @Test
    void onlySignalsThatAreAskedForAreHeard() throws IOException, InterruptedException {
        Heard heard = new Heard();
        Bus.Subscription subscription = bus.listen(OWNERS, heard);
        bus.call(call("RequestName", "su", "dev.mgmt.One", 0));
        Signal signal = heard.signals.poll(20, TimeUnit.SECONDS);
        assertEquals("dev.mgmt.One :1.0", signal.text(0) + " " + signal.text(2));
        subscription.close();
        bus.call(call("RequestName", "su", "dev.mgmt.Two", 0));
        bus.call(call("GetId", ""));
        assertTrue(heard.signals.isEmpty(), heard.signals::toString);
    }

    @Test
    void longTextsGoThereAndBack() throws IOException, InterruptedException {
        String name = "a." + "b".repeat(1_000_000);
        BusError error =
                assertThrows(BusError.class, () -> bus.call(call("GetNameOwner", "s", name)));
        assertTrue(String.valueOf(error.getMessage()).contains(name));
    }

    @Test
    void manyCallAtOnceAndEachGetsItsOwnAnswer() throws InterruptedException {
        BlockingQueue<Object> wrong = new LinkedBlockingQueue<>();
        List<Thread> callers =
                IntStream.range(0, 100)
                        .mapToObj(
                                i ->
                                        Thread.ofVirtual()
                                                .start(
                                                        () ->
                                                                asksForItself(
                                                                        "no.such.Name" + i, wrong)))
                        .toList();
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
    }

    private void asksForItself(String name, BlockingQueue<Object> wrong) {
        try {
            wrong.add(bus.call(call("GetNameOwner", "s", name)));
        } catch (BusError e) {
            if (!String.valueOf(e.getMessage()).contains(name + "'")) {
                wrong.add(e);
            }
        } catch (IOException | InterruptedException e) {
            wrong.add(e);
        }
    }

    @Test
    void interruptedCallerDoesNotTakeTheConnectionAlong() throws IOException, InterruptedException {
        // Whom it calls is itself, and nothing is served here: there will be no answer.
        Call unanswered = new Call(":1.0", "/", "a.b", "C", "", List.of());
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        end.complete(
                                                assertThrows(
                                                        Throwable.class,
                                                        () -> bus.call(unanswered))));
        caller.interrupt();
        assertInstanceOf(InterruptedException.class, end.join());
        assertTrue(bus.alive());
        assertEquals(1, bus.call(call("GetId", "")).size());
    }

    @Test
    void daemonThatDiesIsToldToListenersAndCallers() throws IOException, InterruptedException {
        Heard heard = new Heard();
        bus.listen(OWNERS, heard);
        daemon.close();
        assertEquals(
                "the bus closed the connection",
                heard.losses.poll(20, TimeUnit.SECONDS).getMessage());
        assertFalse(bus.alive());
        assertThrows(BusLost.class, () -> bus.call(call("GetId", "")));
        assertThrows(BusLost.class, () -> bus.listen(OWNERS, heard));
    }
}
