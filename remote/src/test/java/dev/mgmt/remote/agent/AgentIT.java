package dev.mgmt.remote.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.remote.wire.BoundedLines;
import dev.mgmt.remote.wire.EventLine;
import dev.mgmt.remote.wire.FleetValue;
import dev.mgmt.remote.wire.StatusValue;
import dev.mgmt.tunnel.etcd.EmbeddedStore;
import dev.mgmt.tunnel.etcd.Rights;
import dev.mgmt.tunnel.etcd.ServedConnection;
import dev.mgmt.tunnel.etcd.StoreAccess;
import dev.mgmt.tunnel.etcd.StoreServer;
import dev.mgmt.tunnel.etcd.Visitor;
import dev.mgmt.tunnel.forward.StreamSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's process, with a real store at the other end of its standard streams. */
class AgentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path directory;
    private final EmbeddedStore store = new EmbeddedStore();
    private final StoreServer server = new StoreServer(store);
    private final BlockingQueue<EngineStatus> statuses = new LinkedBlockingQueue<>();
    private final BlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>();
    private final CountDownLatch connectionEnded = new CountDownLatch(1);
    private Process process;
    private Thread errors;

    @BeforeEach
    void startProcess() throws IOException {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        process =
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                classPath,
                                AgentMain.class.getName())
                        .start();
        errors = Thread.ofVirtual().start(this::readErrors);
        store.watch(StoreKeys.HOSTS, 1, (_, changes) -> changes.forEach(this::take));
    }

    @AfterEach
    void endProcess() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        errors.join();
        server.close();
        store.close();
    }

    @Test
    void aGraphFromTheStoreIsRunAndItsStandingToldUntilTheFleetEnds() throws Exception {
        tellFleet(FleetValue.Phase.RUNNING);
        long revision = writeGraph(graph("x"));
        try (ServedConnection _ = connect(Duration.ZERO)) {
            EngineStatus idle = awaitIdle(revision);
            assertEquals(1, idle.counts().changed());
            assertTrue(Files.exists(directory.resolve("x")));

            long next = writeGraph(graph("y"));
            awaitIdle(next);
            assertTrue(Files.exists(directory.resolve("y")));

            tellFleet(FleetValue.Phase.ENDING);
            assertTrue(connectionEnded.await(10, TimeUnit.SECONDS), "its last word does not come");
            assertEndsOrderly();
        }
    }

    @Test
    void aBrokenGraphIsRefusedAndTheOldOneGoesOn() throws Exception {
        long revision = writeGraph(graph("x"));
        try (ServedConnection _ = connect(Duration.ZERO)) {
            awaitIdle(revision);

            long broken = writeGraph("graph: [\n");

            EngineEvent.GraphRefused refused =
                    assertInstanceOf(
                            EngineEvent.GraphRefused.class,
                            awaitEvent(EngineEvent.GraphRefused.class::isInstance));
            assertEquals(broken, refused.revision());
            assertTrue(refused.problems().getFirst().contains("h1"), refused::toString);
            Files.delete(directory.resolve("x"));
            awaitFile(directory.resolve("x"));
        }
    }

    @Test
    void withoutItsLaptopItStopsAtOnceWhereItIsNotToLinger() throws Exception {
        long revision = writeGraph(graph("x"));
        try (ServedConnection _ = connect(Duration.ZERO)) {
            awaitIdle(revision);
        }

        assertEndsOrderly();
    }

    @Test
    void withoutItsLaptopItHoldsItsGraphForAsLongAsItIsToLinger() throws Exception {
        long revision = writeGraph(graph("x"));
        long lost;
        try (ServedConnection _ = connect(Duration.ofSeconds(3))) {
            awaitIdle(revision);
            lost = System.nanoTime();
        }

        Files.delete(directory.resolve("x"));
        awaitFile(directory.resolve("x"));
        assertTrue(process.isAlive());
        assertEndsOrderly();
        assertTrue(System.nanoTime() - lost >= Duration.ofSeconds(3).toNanos());
    }

    @Test
    void terminatedItEndsInGoodOrder() throws Exception {
        long revision = writeGraph(graph("x"));
        try (ServedConnection _ = connect(Duration.ofMinutes(5))) {
            awaitIdle(revision);

            process.destroy();

            assertTrue(connectionEnded.await(10, TimeUnit.SECONDS), "its last word does not come");
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            assertFalse(Files.exists(marker()));
        }
    }

    @Test
    void commandsThatRunAreFinishedBeforeTheEnd() throws Exception {
        Path done = directory.resolve("done");
        writeGraph(
                """
                graph: slow
                resources:
                  exec:
                  - name: s
                    shell: /bin/sh
                    cmd: echo begun; sleep 1; touch %s
                """
                        .formatted(done));
        try (ServedConnection _ = connect(Duration.ZERO)) {
            awaitEvent(EngineEvent.Output.class::isInstance);

            tellFleet(FleetValue.Phase.ENDING);

            assertTrue(connectionEnded.await(10, TimeUnit.SECONDS));
            assertTrue(Files.exists(done));
        }
    }

    @Test
    void whatAnAgentIsToRememberOutlivesIt() throws Exception {
        String graph =
                """
                graph: g
                resources:
                  password:
                  - {name: p, saved: true}
                  file:
                  - {name: DIR/secret, recv: {content: 'password[p].password'}}
                """
                        .replace("DIR", directory.toString());
        long revision = writeGraph(graph);
        try (ServedConnection _ = connect(Duration.ZERO)) {
            awaitIdle(revision);
        }
        assertEndsOrderly();
        String secret = Files.readString(directory.resolve("secret"));
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("state/h1"))));

        // Written anew: what the first one said last may be heard only now.
        long again = writeGraph(graph);
        startProcess();
        try (ServedConnection _ = connect(Duration.ZERO)) {
            assertEquals(0, awaitIdle(again).counts().changed());
        }
        assertEndsOrderly();
        assertEquals(secret, Files.readString(directory.resolve("secret")));
    }

    @Test
    void wrongParametersAreSaidAndEndIt() throws Exception {
        process.getOutputStream().write("{}\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();

        EngineEvent notice = awaitEvent(EngineEvent.Notice.class::isInstance);

        assertTrue(notice.toString().contains("parameters are wrong"), notice::toString);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
    }

    private void assertEndsOrderly() throws InterruptedException {
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it does not end");
        assertEquals(0, process.exitValue());
        assertFalse(Files.exists(marker()));
    }

    private Path marker() {
        return directory.resolve("marker");
    }

    private ServedConnection connect(Duration linger) throws IOException {
        Files.createFile(marker());
        AgentParameters parameters =
                new AgentParameters(
                        "h1",
                        "run-1",
                        "n1",
                        Enforcement.APPLY,
                        linger,
                        "test@here",
                        AgentParameters.Arrival.FIRST,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        marker().toString(),
                        directory.resolve("state/h1").toString());
        process.getOutputStream()
                .write((parameters.line() + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        assertEquals(
                Optional.of(new BoundedLines.Line.Whole("mgmt n1 ready")),
                new BoundedLines(process.getInputStream(), 100).next());
        return server.serve(
                StreamSocket.over(
                        process.getInputStream(),
                        process.getOutputStream(),
                        "h1",
                        connectionEnded::countDown),
                new Visitor("h1", () -> Rights.ALL, _ -> {}));
    }

    private String graph(String file) {
        return "graph: g\nresources:\n  file:\n  - name: f\n    path: "
                + directory.resolve(file)
                + "\n    content: x\n    state: exists\n";
    }

    private long writeGraph(String text) {
        return store.write(List.of(new StoreAccess.Put(StoreKeys.graph("h1"), Optional.of(text))));
    }

    private void tellFleet(FleetValue.Phase phase) {
        String value = new FleetValue("run-1", phase).text();
        store.write(List.of(new StoreAccess.Put(StoreKeys.FLEET, Optional.of(value))));
    }

    private EngineStatus awaitIdle(long revision) throws InterruptedException {
        EngineStatus status = statuses.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        while (status != null
                && (status.graphRevision() < revision
                        || status.phase() != EngineStatus.Phase.IDLE)) {
            status = statuses.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertTrue(status != null, () -> "no idle status; events: " + events);
        return status;
    }

    private EngineEvent awaitEvent(Predicate<EngineEvent> which) throws InterruptedException {
        EngineEvent event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        while (event != null && !which.test(event)) {
            event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertTrue(event != null, "no such event");
        return event;
    }

    private static void awaitFile(Path file) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file)) {
            assertTrue(System.nanoTime() < end, () -> file + " does not come back");
            Thread.sleep(5);
        }
    }

    private void take(StoreAccess.Change change) {
        if (change.key().equals(StoreKeys.status("h1")) && change.value().isPresent()) {
            try {
                statuses.add(StatusValue.read(change.value().get()));
            } catch (Exception e) {
                throw new AssertionError(change.toString(), e);
            }
        }
    }

    private void readErrors() {
        BoundedLines lines = new BoundedLines(process.getErrorStream(), EventLine.LONGEST);
        try {
            for (Optional<BoundedLines.Line> line = lines.next();
                    line.isPresent();
                    line = lines.next()) {
                events.add(EventLine.read(line.get().text()));
            }
        } catch (Exception e) {
            events.add(new EngineEvent.Notice("not an event: " + e.getMessage()));
        }
    }
}
