package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.world.etcd.EtcdProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several runs on this machine, with one store between them. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RunFleetIT {
    @TempDir Path directory = Path.of("");

    private final List<RunningProgram> programs = new ArrayList<>();

    @AfterEach
    void endAll() {
        programs.forEach(RunningProgram::close);
    }

    @Test
    void fourRunsExchangeLiveAndGoOnWhenOneLeavesOrTheStoreIsStartedAnew() throws Exception {
        int port = freePort();
        String store = "http://127.0.0.1:" + port;
        RunningProgram first = start("h1", "--client-urls=" + store);
        first.await("the store listens on");
        // As old scripts have it: whoever joins has a door of its own, and may be a seed, too.
        String door = "http://127.0.0.1:" + freePort();
        RunningProgram second =
                start("h2", "--seeds=" + store, "--client-urls=" + door, "--server-urls=x");
        second.await("the store listens on");
        RunningProgram third = start("h3", "--seeds=" + store);
        RunningProgram fourth = start("h4", "--seeds=" + door + "," + store);
        everybodyHas("of h%s\n", "h1", "h2", "h3", "h4");

        export("h2", "edited\n");
        awaitContent(collected("h4", "h2"), "edited\n");
        awaitContent(collected("h1", "h2"), "edited\n");

        third.signal("INT");
        assertEquals(0, third.exit());
        assertTrue(Files.exists(collected("h1", "h3")));
        export("h4", "again\n");
        awaitContent(collected("h2", "h4"), "again\n");

        // Whoever is killed takes nothing with it: the others keep what came from there.
        fourth.signal("KILL");
        export("h2", "on we go\n");
        awaitContent(collected("h1", "h2"), "on we go\n");
        assertTrue(Files.exists(collected("h1", "h4")));

        // Without a store, what each has to do goes on, and each says what it is without.
        first.signal("KILL");
        second.await("the store is out of reach");
        Files.delete(collected("h2", "h4"));
        awaitContent(collected("h2", "h4"), "again\n");

        start("h1", "--client-urls=" + store).await("the store listens on");
        export("h1", "new life\n");
        awaitContent(collected("h2", "h1"), "new life\n");
        Files.delete(collected("h1", "h2"));
        awaitContent(collected("h1", "h2"), "on we go\n");
        second.await("the store answers again");
    }

    @Test
    void threeRunsConvergeTogetherThoughTheFirstKeepsTheStore() throws Exception {
        String store = "http://127.0.0.1:" + freePort();
        Path allAreThere = directory.resolve("all-are-there");
        for (String host : List.of("h1", "h2", "h3")) {
            export(host, "of " + host + "\n");
            Files.writeString(
                    graph(host),
                    Files.readString(graph(host))
                            .replace(
                                    "collect:",
                                    """
                                      exec:
                                      - name: wait
                                        cmd: until test -e %s; do sleep 0.1; done
                                        shell: /bin/sh
                                    collect:\
                                    """
                                            .formatted(allAreThere)));
        }
        RunningProgram first = start("h1", "--client-urls=" + store, "-t", "1");
        first.await("the store listens on");
        RunningProgram second = start("h2", "--seeds=" + store, "-t", "2");
        RunningProgram third = start("h3", "--seeds=" + store, "-t", "2");
        second.await("the store is elsewhere");
        third.await("the store is elsewhere");
        everybodyHas("of h%s\n", "h2", "h3");
        Files.createFile(allAreThere);
        assertEquals(0, second.exit());
        assertEquals(0, third.exit());
        assertEquals(0, first.exit());
        everybodyHas("of h%s\n", "h2", "h3");
    }

    @Test
    void threeRunsWithARealEtcdBetweenThemAreAFleetToo() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start(directory);
                Socket socket = etcd.connect()) {
            String store = "http://127.0.0.1:" + socket.getPort();
            start("h1", "--seeds=" + store);
            start("h2", "--seeds=" + store);
            RunningProgram third = start("h3", "--seeds=" + store);
            everybodyHas("of h%s\n", "h1", "h2", "h3");
            export("h1", "edited\n");
            awaitContent(collected("h3", "h1"), "edited\n");
            third.signal("INT");
            assertEquals(0, third.exit());
            RunningProgram late = start("h3", "--seeds=" + store, "--converged-timeout=1");
            assertEquals(0, late.exit());
        }
    }

    @Test
    void aSeedThatRefusesUsEndsTheRunBeforeItBegins() throws Exception {
        Transcript transcript = new Transcript();
        try (EtcdProcess etcd = EtcdProcess.start(directory);
                Socket socket = etcd.connect()) {
            export("h1", "x");
            assertEquals(
                    ExitCode.STORE_UNREACHABLE,
                    transcript.of(
                            "run",
                            graph("h1").toString(),
                            "--tmp-prefix",
                            "--seeds=http://me:wrong@127.0.0.1:" + socket.getPort()));
            assertTrue(transcript.err().startsWith("the store cannot be used"), transcript::err);
            assertTrue(Files.notExists(collected("h1", "h1")));
        }
    }

    private RunningProgram start(String host, String... more) throws IOException {
        if (Files.notExists(graph(host))) {
            export(host, "of " + host + "\n");
        }
        Files.createDirectories(directory.resolve(host));
        List<String> words =
                new ArrayList<>(List.of("run", graph(host).toString(), "--hostname=" + host));
        words.addAll(List.of(more));
        RunningProgram program = RunningProgram.start(words.toArray(String[]::new));
        programs.add(program);
        return program;
    }

    private Path graph(String host) {
        return directory.resolve(host + ".yaml");
    }

    private Path collected(String host, String from) {
        return directory.resolve(host).resolve("from-" + from);
    }

    private void export(String host, String content) throws IOException {
        Files.writeString(
                graph(host),
                """
                graph: %1$s
                resources:
                  file:
                  - name: "@@from-%1$s"
                    path: /nowhere/from-%1$s
                    content: "%2$s"
                collect:
                - kind: file
                  pattern: %3$s/
                """
                        .formatted(host, content.replace("\n", "\\n"), directory.resolve(host)));
    }

    private void everybodyHas(String content, String... hosts) throws Exception {
        for (String host : hosts) {
            for (String from : hosts) {
                awaitContent(collected(host, from), content.formatted(from.substring(1)));
            }
        }
    }

    private static void awaitContent(Path file, String content) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!Files.exists(file) || !Files.readString(file).equals(content)) {
            assertTrue(System.nanoTime() < end, "never had its content: " + file);
            Thread.sleep(10);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
