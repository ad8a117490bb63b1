package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an agent costs its host: sizes, start, CPU, and memory and CPU of an idle minute. */
final class AgentFootprint {
    private static final Pattern STARTING = Pattern.compile("\"starting\":([0-9.]+)");

    private AgentFootprint() {}

    static void measure(Path image, int runs) throws IOException, InterruptedException {
        Path archives = image.resolve("lib/images/linux-x86_64-glibc");
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(archives.resolve("image.properties"))) {
            properties.load(in);
        }
        System.out.printf(
                "image: %.1f MB unpacked, %.1f MB zstd, %.1f MB gzip%n",
                Long.parseLong(properties.getProperty("unpacked")) / 1e6,
                Files.size(archives.resolve("agent.tar.zst")) / 1e6,
                Files.size(archives.resolve("agent.tar.gz")) / 1e6);

        Figures start = new Figures("agent: start to first store answer", "s");
        Figures sessions = new Figures("agent: CPU of its session, sshd included", "s");
        Figures login = new Figures("ssh true: CPU of its session", "s");
        try (Hosts hosts = new Hosts(image, 1, host -> graph(hostFile()))) {
            hosts.run("--converged-timeout", "0");
            for (int i = 0; i < runs; i++) {
                double before = hosts.endedSessions();
                Matcher matcher =
                        STARTING.matcher(
                                hosts.run("--converged-timeout", "0", "--output", "json").output());
                while (matcher.find()) {
                    start.add(Double.parseDouble(matcher.group(1)));
                }
                hosts.awaitNoAgents();
                Thread.sleep(300);
                sessions.add(hosts.endedSessions() - before);

                before = hosts.endedSessions();
                var words = new java.util.ArrayList<>(hosts.ssh(0));
                words.add("true");
                new ProcessBuilder(words).start().waitFor();
                Thread.sleep(300);
                login.add(hosts.endedSessions() - before);
            }
            start.print();
            sessions.print();
            login.print();
            sessions.printRatioTo(login);
            idleMinute(hosts);
        }
        Files.deleteIfExists(hostFile());
    }

    private static void idleMinute(Hosts hosts) throws IOException, InterruptedException {
        Watching.during(
                hosts,
                () -> {
                    long pid = hosts.agents().getFirst().pid();
                    double started = Cpu.own(pid);
                    Thread.sleep(60_000);
                    System.out.printf(
                            "agent: %.2f CPU-s to come to rest; idle minute: %.1f MB resident, %.2f CPU-s%n",
                            started, Cpu.residentMegabytes(pid), Cpu.own(pid) - started);
                });
    }

    private static Path hostFile() {
        return Path.of("/tmp/mgmt-bench-agent");
    }

    private static String graph(Path file) {
        return "graph: agent\nresources:\n  file:\n  - name: %s\n    content: \"x\\n\"\n"
                .formatted(file);
    }
}
