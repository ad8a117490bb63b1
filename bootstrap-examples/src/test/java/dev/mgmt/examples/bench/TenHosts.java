package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Twenty files on each of ten warm hosts, all on this machine: until the last file is there. */
final class TenHosts {
    private static final int HOSTS = 10;
    private static final int FILES = 20;

    private TenHosts() {}

    static void measure(Path image, int runs) throws IOException, InterruptedException {
        Figures present = new Figures("ten warm hosts: start to all 200 files", "s");
        Figures wall = new Figures("ten warm hosts: start to exit", "s");
        Figures laptop = new Figures("ten warm hosts: laptop CPU", "s");
        Figures sessions = new Figures("ten warm hosts: CPU on hosts, sshd and agents", "s");
        Figures baseline = new Figures("ssh, tar and sh by hand, ten at once", "s");
        Figures baselineSessions = new Figures("ssh, tar and sh by hand: CPU on hosts", "s");
        Path base = Files.createTempDirectory("mgmt-bench-files");
        try (Hosts hosts = new Hosts(image, HOSTS, host -> graph(base, host))) {
            for (int host = 0; host < HOSTS; host++) {
                Files.createDirectories(base.resolve("h" + host));
            }
            hosts.run("--converged-timeout", "0");
            for (int i = 0; i < runs; i++) {
                clear(base);
                double before = hosts.endedSessions();
                Hosts.Timed timed = hosts.run("--converged-timeout", "0");
                present.add(lastFile(base) - timed.startMillis() / 1e3);
                wall.add(timed.wall());
                laptop.add(timed.cpu());
                hosts.awaitNoAgents();
                Thread.sleep(300);
                sessions.add(hosts.endedSessions() - before);

                clear(base);
                before = hosts.endedSessions();
                baseline.add(byHand(hosts, base));
                Thread.sleep(300);
                baselineSessions.add(hosts.endedSessions() - before);
            }
            clear(base);
        }
        for (Figures figures :
                List.of(present, wall, laptop, sessions, baseline, baselineSessions)) {
            figures.print();
        }
        present.printRatioTo(baseline);
    }

    private static String graph(Path base, int host) {
        StringBuilder text = new StringBuilder("graph: ten\nresources:\n  file:\n");
        for (int file = 0; file < FILES; file++) {
            text.append(
                    "  - name: %s/h%d/f%d\n    content: \"file %d\\n\"\n"
                            .formatted(base, host, file, file));
        }
        return text.toString();
    }

    private static void clear(Path base) throws IOException {
        for (int host = 0; host < HOSTS; host++) {
            for (int file = 0; file < FILES; file++) {
                Files.deleteIfExists(base.resolve("h" + host + "/f" + file));
            }
        }
    }

    /**
     * When the youngest of all files was written, in seconds of the epoch; every one must be there.
     */
    private static double lastFile(Path base) throws IOException {
        double last = 0;
        for (int host = 0; host < HOSTS; host++) {
            for (int file = 0; file < FILES; file++) {
                Path path = base.resolve("h" + host + "/f" + file);
                last = Math.max(last, Files.getLastModifiedTime(path).toMillis() / 1e3);
            }
        }
        return last;
    }

    private static double byHand(Hosts hosts, Path base) throws IOException, InterruptedException {
        Path source = Files.createTempDirectory(base, "source");
        for (int file = 0; file < FILES; file++) {
            Files.writeString(source.resolve("f" + file), "file " + file + "\n");
        }
        long start = System.nanoTime();
        List<Process> all = new ArrayList<>();
        for (int host = 0; host < HOSTS; host++) {
            String pipe =
                    "tar -C %s -cf - . | %s 'tar -C %s/h%d -xf -'"
                            .formatted(source, String.join(" ", hosts.ssh(host)), base, host);
            all.add(new ProcessBuilder("sh", "-c", pipe).start());
        }
        for (Process process : all) {
            process.waitFor();
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
