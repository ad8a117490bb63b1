package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two hosts that have the image: what a run costs beyond its converged timeout, from the shell's
 * point of view.
 */
final class WarmRun {
    private static final Pattern STAGE =
            Pattern.compile("\"(connecting|probing|starting|running|ending)\":([0-9.]+)");

    private WarmRun() {}

    static void measure(Path image, int runs) throws IOException, InterruptedException {
        Figures overhead = new Figures("two warm hosts: wall beyond --converged-timeout", "s");
        Figures cpu = new Figures("two warm hosts: laptop CPU", "s");
        Figures version = new Figures("of that, mgmt --version", "s");
        Figures ssh = new Figures("ssh true on both hosts at once", "s");
        Map<String, Figures> stages = new TreeMap<>();
        try (Hosts hosts = new Hosts(image, 2, WarmRun::graph)) {
            hosts.run("--converged-timeout", "0");
            for (int i = 0; i < runs; i++) {
                Hosts.Timed timed = hosts.run("--converged-timeout", "1", "--output", "json");
                overhead.add(timed.wall() - 1);
                cpu.add(timed.cpu());
                Matcher matcher = STAGE.matcher(timed.output().lines().toList().toString());
                while (matcher.find()) {
                    stages.computeIfAbsent(
                                    matcher.group(1), name -> new Figures("  stage " + name, "s"))
                            .add(Double.parseDouble(matcher.group(2)));
                }
                version.add(
                        Hosts.Timed.run(List.of(image.resolve("bin/mgmt").toString(), "--version"))
                                .wall());
                ssh.add(bothAtOnce(hosts));
            }
        }
        overhead.print();
        stages.values().forEach(Figures::print);
        cpu.print();
        version.print();
        ssh.print();
        overhead.printRatioTo(ssh);
    }

    private static String graph(int host) {
        return """
                graph: bench
                resources:
                  file:
                  - name: /tmp/mgmt-bench-%d
                    content: "bench\\n"
                  - name: "@@h%d"
                    content: "bench\\n"
                collect:
                - kind: file
                  pattern: /tmp/
                """
                .formatted(host, host);
    }

    private static double bothAtOnce(Hosts hosts) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Process> all = new ArrayList<>();
        for (int host = 0; host < 2; host++) {
            List<String> words = new ArrayList<>(hosts.ssh(host));
            words.add("true");
            all.add(new ProcessBuilder(words).start());
        }
        for (Process process : all) {
            process.waitFor();
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
