package dev.mgmt.examples.bench;

import dev.mgmt.remote.LoopbackHosts;
import dev.mgmt.tunnel.Trees;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.exec.RemoteCommand;
import dev.mgmt.tunnel.net.FarHost;
import dev.mgmt.tunnel.net.LinkShape;
import dev.mgmt.tunnel.sshj.SshjTunnels;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a link's delay costs a warm bootstrap, counted on the wire; uploads beside {@code scp} on
 * the same link; and the laptop's CPU for one warm host more.
 */
final class LinkCosts {
    private static final Duration HALF_OF_100_MS = Duration.ofMillis(50);
    private static final Duration HALF_OF_50_MS = Duration.ofMillis(25);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int UPLOAD = 30_000_000;
    private static final int FEW = 10;
    private static final int MORE = 30;
    private static final int MANY = 100;

    private LinkCosts() {}

    static void measure(Path image, int runs) throws Exception {
        roundTrips(image, runs);
        upload(LinkShape.PLAIN, "0 ms", runs);
        upload(LinkShape.PLAIN.delayed(HALF_OF_50_MS), "50 ms", runs);
        cpuPerHost(image, runs);
    }

    // --- round trips --------------------------------------------------------------------------

    private static void roundTrips(Path image, int runs) throws Exception {
        Path directory = Files.createTempDirectory("mgmt-bench-link");
        Figures counted = new Figures("warm bootstrap at 100 ms: round trips on the wire", "");
        Figures waited = new Figures("warm bootstrap at 100 ms: stages' time / 100 ms", "");
        try (FarHost host =
                FarHost.behind(
                        LinkShape.PLAIN.delayed(HALF_OF_100_MS),
                        "SetEnv MGMT_CACHE=%s %s"
                                .formatted(directory.resolve("cache"), LoopbackHosts.BARE_SHELL))) {
            Files.writeString(directory.resolve("g.yaml"), "graph: none\nresources: {}\n");
            Files.writeString(
                    directory.resolve("hosts.yaml"),
                    "hosts:\n  h: {address: %s, identity: %s, graph: g.yaml}\n"
                            .formatted(host.link().address(), host.clientKey()));
            List<String> command =
                    List.of(
                            image.resolve("bin/mgmt").toString(),
                            "remote",
                            directory.resolve("hosts.yaml").toString(),
                            "--known-hosts",
                            host.knownHosts().toString(),
                            "--converged-timeout",
                            "0",
                            "--output",
                            "json");
            var _ = Hosts.Timed.run(command);
            for (int i = 0; i < runs; i++) {
                bootstrap(command, host, counted, waited);
            }
        } finally {
            Trees.delete(directory);
        }
        counted.print();
        waited.print();
    }

    private static void bootstrap(
            List<String> command, FarHost host, Figures counted, Figures waited)
            throws IOException, InterruptedException {
        host.link().roundTrips().restart();
        Process run =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        long since = 0;
        try (BufferedReader lines = run.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"stage\":\"connecting\"")) {
                    since = System.nanoTime();
                } else if (line.contains("\"stage\":\"running\"")) {
                    counted.add(host.link().roundTrips().begun());
                    waited.add((System.nanoTime() - since) / 1e6 / 100);
                }
            }
        }
        run.waitFor();
    }

    // --- uploads ------------------------------------------------------------------------------

    private static void upload(LinkShape shape, String delay, int runs) throws Exception {
        Figures ours = new Figures("upload of 30 MB at " + delay, "MB/s");
        Figures scp = new Figures("scp of the same at " + delay, "MB/s");
        try (FarHost host = FarHost.behind(shape, "SetEnv " + LoopbackHosts.BARE_SHELL);
                SshjTunnels tunnels = new SshjTunnels();
                Tunnel tunnel = tunnels.connect(host.target(PATIENCE, Duration.ZERO))) {
            byte[] data = new byte[UPLOAD];
            new Random(1).nextBytes(data);
            Path file = Files.write(host.directory().resolve("upload"), data);
            for (int i = 0; i < runs + 1; i++) {
                double own =
                        seconds(
                                () ->
                                        send(
                                                tunnel,
                                                data,
                                                host.directory().resolve("received").toString()));
                double theirs = seconds(() -> copy(host, file));
                if (i > 0) {
                    ours.add(UPLOAD / 1e6 / own);
                    scp.add(UPLOAD / 1e6 / theirs);
                }
            }
        }
        ours.print();
        scp.print();
        ours.printRatioTo(scp);
    }

    private static void send(Tunnel tunnel, byte[] data, String target) throws Exception {
        try (var process =
                tunnel.start(RemoteCommand.of("sh", "-c", "cat > \"$1\"", "sh", target))) {
            process.stdin().write(data);
            process.stdin().close();
            var _ = process.await(PATIENCE);
        }
    }

    private static void copy(FarHost host, Path file) throws Exception {
        List<String> words = new ArrayList<>(List.of("scp", "-q", "-o", "BatchMode=yes"));
        words.addAll(
                List.of(
                        "-o",
                        "UserKnownHostsFile=" + host.knownHosts(),
                        "-i",
                        host.clientKey().toString(),
                        file.toString(),
                        host.link().address() + ":" + host.directory().resolve("received")));
        var _ = Hosts.Timed.run(words);
    }

    private interface Act {
        void run() throws Exception;
    }

    private static double seconds(Act act) throws Exception {
        long start = System.nanoTime();
        act.run();
        return (System.nanoTime() - start) / 1e9;
    }

    // --- CPU ----------------------------------------------------------------------------------

    private static void cpuPerHost(Path image, int runs) throws Exception {
        Figures toMore = oneMore(FEW, MORE);
        Figures toMany = oneMore(MORE, MANY);
        Figures ssh = new Figures("CPU of ssh host true", "ms");
        try (Hosts few = resting(image, FEW);
                Hosts more = resting(image, MORE);
                Hosts many = resting(image, MANY)) {
            for (int i = 0; i < runs; i++) {
                double ofFew = cpu(few);
                double ofMore = cpu(more);
                double ofMany = cpu(many);
                toMore.add((ofMore - ofFew) * 1000 / (MORE - FEW));
                toMany.add((ofMany - ofMore) * 1000 / (MANY - MORE));
                List<String> words = new ArrayList<>(few.ssh(0));
                words.add("true");
                ssh.add(Hosts.Timed.run(words).cpu() * 1000);
            }
        }
        toMore.print();
        toMany.print();
        ssh.print();
        toMore.printRatioTo(ssh);
        toMany.printRatioTo(ssh);
    }

    private static Figures oneMore(int from, int to) {
        String name = "laptop CPU for one warm host more, %d to %d".formatted(from, to);
        return new Figures(name, "ms");
    }

    /** Warm hosts, which have nothing to do. */
    private static Hosts resting(Path image, int count) throws Exception {
        Hosts hosts = new Hosts(image, count, host -> "graph: none\nresources: {}\n");
        try {
            hosts.yieldToTheLaptop();
            var _ = cpu(hosts);
            return hosts;
        } catch (Throwable e) {
            hosts.close();
            throw e;
        }
    }

    /** Of a run beside which nothing is left of the one before. */
    private static double cpu(Hosts hosts) throws Exception {
        double seconds = hosts.run("--converged-timeout", "0").cpu();
        hosts.awaitNoAgents();
        return seconds;
    }
}
