package dev.mgmt.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the talk, each as its README has the reader run it. */
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("").toAbsolutePath();
    private static final Path HOSTS = EXAMPLES.resolve("target/hosts");

    @TempDir private Path temp;

    @AfterEach
    void nothingIsLeftRunning() throws InterruptedException {
        for (int i = 0; i < 100 && !Example.runningBelow(HOSTS).isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertEquals(
                List.of(),
                Example.runningBelow(HOSTS).stream()
                        .map(process -> process.info().commandLine())
                        .toList());
    }

    @Test
    void quickstartGivesEachHostItsOwnAndBothExportedFilesAndCopiesTheImageOnce() throws Exception {
        Path base = Path.of("/tmp/mgmt-quickstart");
        Trees.delete(base);
        Trees.delete(HOSTS);
        List<Path> before = temporaryDirectories();

        try (Example first = new Example(EXAMPLES, "quickstart", "--converged-timeout", "1")) {
            assertEquals(0, first.exitCode(), first::output);
            assertTrue(first.output().contains("h1: copied image"), first::output);
            assertTrue(first.output().contains("h2: copied image"), first::output);
        }
        for (String host : List.of("h1", "h2")) {
            assertEquals(
                    "only on " + host + "\n", Files.readString(base.resolve(host).resolve("own")));
            for (String exporter : List.of("h1", "h2")) {
                assertEquals(
                        "exported by " + exporter + "\n",
                        Files.readString(base.resolve(host).resolve("collected/from-" + exporter)));
            }
        }
        assertTrue(isFree("127.77.0.1", 2201));
        assertTrue(isFree("127.77.0.2", 2202));
        assertEquals(before, temporaryDirectories());

        try (Example second = new Example(EXAMPLES, "quickstart", "--converged-timeout", "1")) {
            assertEquals(0, second.exitCode(), second::output);
            assertTrue(second.output().contains("h1: image already there"), second::output);
            assertTrue(second.output().contains("h2: image already there"), second::output);
            assertFalse(second.output().contains("copied image"), second::output);
        }
    }

    @Test
    void parallelGraphTakesAsLongAsItsLongestPath() throws Exception {
        Path scaled = copyWithShorterSleeps();
        long start = System.nanoTime();
        try (Example run = new Example(scaled, "parallel", "--converged-timeout", "0")) {
            assertEquals(0, run.exitCode(), run::output);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        // The chain is 3 s and everything one after the other would be 4.5 s, each plus the run's
        // own time.
        assertTrue(seconds >= 3, "took " + seconds);
    }

    @Test
    void exchangeAmongThreeAndFourHostsIsComplete() throws Exception {
        for (int hosts : new int[] {3, 4}) {
            String name = hosts == 3 ? "exchange-three" : "exchange-four";
            Path base = Path.of("/tmp/mgmt-" + name);
            Trees.delete(base);
            try (Example run = new Example(EXAMPLES, name, "--converged-timeout", "1")) {
                assertEquals(0, run.exitCode(), run::output);
            }
            for (int collector = 1; collector <= hosts; collector++) {
                for (int exporter = 1; exporter <= hosts; exporter++) {
                    assertEquals(
                            "exported by h" + exporter + "\n",
                            Files.readString(
                                    base.resolve(
                                            "h" + collector + "/collected/from-h" + exporter)));
                }
            }
        }
    }

    @Test
    void eventDrivenFilesComeBackAndTheAbsentOneStaysAway() throws Exception {
        Path base = Path.of("/tmp/mgmt-events");
        Trees.delete(base);
        try (Example run = new Example(EXAMPLES, "events")) {
            run.awaitLine(line -> line.contains("at rest"));
            Files.delete(base.resolve("f1"));
            awaitContent(base.resolve("f1"), "i am f1\n");
            Files.writeString(base.resolve("f2"), "something else\n");
            awaitContent(base.resolve("f2"), "i am f2\n");
            Files.writeString(base.resolve("f4"), "should not be here\n");
            await(() -> !Files.exists(base.resolve("f4")));
            // Renamed away rather than deleted: what is put back meanwhile would be in the way.
            Files.move(base, temp.resolve("away"));
            awaitContent(base.resolve("f3"), "i am f3\n");
            // The files are back before the run has said so; an end before rest is no good end.
            run.awaitLine(_ -> count(run, "f1] content applied") >= 3);
            run.awaitLine(_ -> count(run, "f2] content applied") >= 3);
            run.awaitLine(_ -> count(run, "f3] content applied") >= 2);
            run.awaitCalm(Duration.ofSeconds(2));
            run.interrupt();
            assertEquals(0, run.exitCode(), run::output);
        }
    }

    /** The same example in a folder of its own, a tenth as long, with the same hosts and image. */
    private Path copyWithShorterSleeps() throws IOException {
        Path root = temp.resolve("checkout");
        Path copy = root.resolve("bootstrap-examples");
        Files.createDirectories(copy.resolve("parallel"));
        Files.copy(
                EXAMPLES.resolve("run"), copy.resolve("run"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(EXAMPLES.resolve("parallel/hosts.yaml"), copy.resolve("parallel/hosts.yaml"));
        String graph = Files.readString(EXAMPLES.resolve("parallel/graph.yaml"));
        Files.writeString(
                copy.resolve("parallel/graph.yaml"),
                graph.replace("sleep 10", "sleep 1").replace("sleep 15", "sleep 1.5"));
        Files.createDirectories(root.resolve("cli/target"));
        Files.createSymbolicLink(
                root.resolve("cli/target/mgmt"), EXAMPLES.resolveSibling("cli/target/mgmt"));
        return copy;
    }

    private static void awaitContent(Path file, String content) throws InterruptedException {
        await(() -> Files.exists(file) && content.equals(Files.readString(file)));
    }

    private static long count(Example run, String text) {
        return run.output().lines().filter(line -> line.contains(text)).count();
    }

    private interface Fact {
        boolean holds() throws IOException;
    }

    private static void await(Fact fact) throws InterruptedException {
        for (int i = 0; i < 2400; i++) {
            try {
                if (fact.holds()) {
                    return;
                }
            } catch (IOException changedMeanwhile) {
                // A file that goes away between two looks: look again.
            }
            Thread.sleep(25);
        }
        throw new AssertionError("not within a minute");
    }

    private static boolean isFree(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return false;
        } catch (java.net.ConnectException free) {
            return true;
        }
    }

    private static List<Path> temporaryDirectories() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/tmp"))) {
            return all.filter(file -> file.getFileName().toString().contains("mgmt"))
                    .filter(file -> !file.endsWith("mgmt-quickstart"))
                    .sorted()
                    .toList();
        }
    }
}
