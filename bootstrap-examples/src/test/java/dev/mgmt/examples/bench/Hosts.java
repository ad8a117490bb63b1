package dev.mgmt.examples.bench;

import dev.mgmt.remote.LoopbackHosts;
import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Hosts of this machine, an inventory of them, and {@code mgmt remote} on it. */
final class Hosts implements AutoCloseable {
    private final Path directory;
    private final Path image;
    private final LoopbackHosts hosts;

    /**
     * @param graph the text of each host's graph, from 0
     */
    Hosts(Path image, int count, IntFunction<String> graph) throws IOException {
        this.image = image;
        directory = Files.createTempDirectory("mgmt-bench");
        hosts = LoopbackHosts.start(directory, count, graph);
    }

    List<String> command(String... options) {
        List<String> words = new ArrayList<>(List.of(image.resolve("bin/mgmt").toString()));
        words.addAll(hosts.remote());
        words.addAll(List.of(options));
        return words;
    }

    /** Runs to the end; anything but exit 0 is a broken measurement. */
    Timed run(String... options) throws IOException, InterruptedException {
        return Timed.run(command(options));
    }

    /** The words in front of a command that runs on a host, with the machine's own client. */
    List<String> ssh(int host) {
        LoopbackSshd server = hosts.server(host);
        return List.of(
                "ssh",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + server.knownHosts(),
                "-i",
                server.clientKey().toString(),
                "-p",
                Integer.toString(server.port()),
                server.user() + "@" + server.address());
    }

    /**
     * From now on hosts run where the laptop leaves room: what waits for a processor that a host
     * has is interpreted for longer, which hosts elsewhere do not cause.
     */
    void yieldToTheLaptop() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("renice", "-n", "19", "-p"));
        servers().forEach(server -> words.add(Long.toString(server.pid())));
        var _ = Timed.run(words);
    }

    private static Stream<ProcessHandle> servers() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/sshd"));
    }

    /** CPU seconds of all ended sessions on all hosts: sshd's own and what ran in them. */
    double endedSessions() throws IOException {
        double sum = 0;
        for (ProcessHandle server : servers().toList()) {
            sum += Cpu.endedChildren(server.pid());
        }
        return sum;
    }

    /** Agents that run now. */
    List<ProcessHandle> agents() {
        return ProcessHandle.allProcesses()
                .filter(it -> it.info().command().orElse("").startsWith(directory.toString()))
                .toList();
    }

    void awaitNoAgents() throws InterruptedException {
        while (!agents().isEmpty()) {
            Thread.sleep(20);
        }
    }

    @Override
    public void close() throws IOException {
        hosts.close();
        Trees.delete(directory);
    }

    /** A command's wall and CPU seconds and what it printed. */
    record Timed(long startMillis, double wall, double cpu, String output) {
        private static final Pattern TIME = Pattern.compile("([0-9]+)m([0-9.]+)s");

        static Timed run(List<String> command) throws IOException, InterruptedException {
            // POSIX `times` prints, in its second line, the CPU of the shell's ended children.
            List<String> words =
                    new ArrayList<>(List.of("sh", "-c", "\"$@\" 2>&1; s=$?; times; exit $s", "sh"));
            words.addAll(command);
            long startMillis = System.currentTimeMillis();
            long start = System.nanoTime();
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            double wall = (System.nanoTime() - start) / 1e9;
            if (status != 0) {
                throw new IllegalStateException(
                        command + " ended with status " + status + ":\n" + output);
            }
            double cpu = 0;
            Matcher time = TIME.matcher(output.stripTrailing().lines().toList().getLast());
            while (time.find()) {
                cpu += Double.parseDouble(time.group(1)) * 60 + Double.parseDouble(time.group(2));
            }
            return new Timed(startMillis, wall, cpu, output);
        }
    }
}
