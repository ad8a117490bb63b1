package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets are planted in a run of real processes, and looked for wherever others could find them:
 * the process list, environments, what is printed, what the server logs, what lies in files, and
 * the agent's memory.
 */
@Timeout(120)
class SecretsIT {
    /** How we log in: no business of the host. */
    private static final String LOGIN = "pl4nted-login-secret";

    /** What a graph's command needs; the command itself, and nobody else, may show it. */
    private static final String VARIABLE = "pl4nted-variable-secret";

    private static final String URL = "pl4nted-url-secret";
    private static final String CONTENT = "pl4nted-content-secret";
    private static final List<String> ALL = List.of(LOGIN, VARIABLE, URL, CONTENT);
    private static final int CHUNK = 1 << 20;

    @TempDir Path directory;

    @Test
    void plantedSecretsAreFoundNowhere() throws Exception {
        Path home = layOutImage();
        try (LoopbackSshd sshd = LoopbackSshd.start("SetEnv MGMT_CACHE=" + cache())) {
            Path graph = directory.resolve("g.yaml");
            Files.writeString(graph, graph(sshd));
            Process laptop = laptop(home, graph, sshd);
            try {
                Path started = directory.resolve("started");
                awaitFile(started, laptop);
                ProcessHandle agent = agent();

                assertEquals(List.of(), inProcessList(laptop, sshd));
                assertEquals(List.of(), inMemory(agent, LOGIN));

                Files.writeString(directory.resolve("go"), "");
                assertTrue(laptop.waitFor(60, TimeUnit.SECONDS), "the run does not end");
            } finally {
                laptop.destroyForcibly();
            }
            assertEquals(List.of(), inFiles(directory.resolve("laptop-out")));
            assertEquals(List.of(), inFiles(cache()));
            assertEquals(List.of(), inFiles(directory.resolve("laptop-home")));
            assertEquals(List.of(), inFiles(sshd.directory()));
            assertEquals(CONTENT, Files.readString(directory.resolve("made")));
        }
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private String graph(LoopbackSshd sshd) {
        return """
        graph: secrets
        remote: ssh://%1$s:%2$s@127.0.0.1:%3$d
        resources:
          file:
          - {name: made, path: %4$s/made, content: %5$s, mode: "0600", sensitive: true}
          exec:
          - name: waits
            shell: /bin/sh
            cmd: touch %4$s/started; while [ ! -e %4$s/go ]; do sleep 0.1; done
            env: {TOKEN: %6$s}
          http:get:
          - name: %4$s/fetched
            url: http://127.0.0.1:1/x?token=%7$s
            headers: {Authorization: Bearer %7$s}
            digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
            meta: {retry: 0}
        """
                .formatted(sshd.user(), LOGIN, sshd.port(), directory, CONTENT, VARIABLE, URL);
    }

    /** This build's program, on this Java, in the place of the image's. */
    private Path layOutImage() throws IOException {
        Path home = directory.resolve("home");
        Path content = Files.createDirectories(directory.resolve("content"));
        Path program = Files.createDirectories(content.resolve("bin")).resolve("mgmt");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -cp '%s' %s \"$@\"\n"
                        .formatted(java(), System.getProperty("java.class.path"), AGENT));
        Files.writeString(content.resolve(".complete"), "d1\n");
        Path platform = Files.createDirectories(home.resolve("lib/images/linux-x86_64-glibc"));
        var _ = LoopbackSshd.run(List.of("chmod", "755", program.toString()));
        var _ =
                LoopbackSshd.run(
                        List.of(
                                "tar",
                                "-C",
                                content.toString(),
                                "-czf",
                                platform + "/agent.tar.gz",
                                "bin",
                                ".complete"));
        Files.writeString(
                platform.resolve("image.properties"),
                "digest=d1\nplatform=linux-%s-glibc\nglibc=2.17\ntar.gz=agent.tar.gz\nunpacked=100000\n"
                        .formatted(System.getProperty("os.arch").replace("amd64", "x86_64")));
        return home;
    }

    private static final String AGENT = "dev.mgmt.remote.agent.AgentMain";

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Process laptop(Path home, Path graph, LoopbackSshd sshd) throws IOException {
        Path own = Files.createDirectories(directory.resolve("laptop-home"));
        Path out = Files.createDirectories(directory.resolve("laptop-out"));
        ProcessBuilder builder =
                new ProcessBuilder(
                        java(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dmgmt.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "remote",
                        graph.toString(),
                        "--allow-cleartext-passwords",
                        "--identity",
                        sshd.clientKey().toString(),
                        "--known-hosts",
                        sshd.knownHosts().toString(),
                        "--converged-timeout",
                        "0",
                        "--output",
                        "json");
        builder.environment().put("HOME", own.toString());
        return builder.redirectOutput(out.resolve("out").toFile())
                .redirectError(out.resolve("err").toFile())
                .start();
    }

    private void awaitFile(Path file, Process laptop) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (Files.exists(file)) {
                return;
            }
            if (!laptop.isAlive()) {
                break;
            }
            Thread.sleep(100);
        }
        Path out = directory.resolve("laptop-out");
        throw new AssertionError(
                "the run did not come so far:\n"
                        + Files.readString(out.resolve("out"))
                        + Files.readString(out.resolve("err")));
    }

    private ProcessHandle agent() throws IOException {
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String line = proc(process.pid(), "cmdline").orElse("");
            String environment = proc(process.pid(), "environ").orElse("");
            if (line.contains(AGENT) && environment.contains("MGMT_CACHE=" + cache())) {
                return process;
            }
        }
        throw new AssertionError("no agent runs");
    }

    /** Of every process of the run, at both ends, but for the graph's own command. */
    private static List<String> inProcessList(Process laptop, LoopbackSshd sshd)
            throws IOException {
        List<String> found = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String line = proc(process.pid(), "cmdline").orElse("");
            String environment = proc(process.pid(), "environ").orElse("");
            ALL.stream()
                    .filter(line::contains)
                    .forEach(secret -> found.add(secret + " in the command line " + line));
            boolean isTheCommand = environment.contains("TOKEN=" + VARIABLE);
            ALL.stream()
                    .filter(environment::contains)
                    .filter(secret -> !isTheCommand || !secret.equals(VARIABLE))
                    .forEach(secret -> found.add(secret + " in the environment of " + line));
            if (isTheCommand && line.contains("java")) {
                found.add("the agent has its command's environment");
            }
        }
        assertTrue(laptop.isAlive() && sshd.port() > 0);
        return found;
    }

    /** Empty if the process has gone meanwhile. */
    private static Optional<String> proc(long pid, String file) {
        try {
            return Optional.of(
                    Files.readString(Path.of("/proc/" + pid, file), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** All that a core of the process would hold. */
    private static List<String> inMemory(ProcessHandle process, String secret) throws IOException {
        List<String> found = new ArrayList<>();
        byte[] chunk = new byte[CHUNK + secret.length()];
        try (RandomAccessFile memory =
                new RandomAccessFile("/proc/" + process.pid() + "/mem", "r")) {
            for (String map : Files.readAllLines(Path.of("/proc/" + process.pid() + "/maps"))) {
                String[] words = map.split("\\s+", 6);
                if (!words[1].startsWith("rw") || map.contains("[vvar]")) {
                    continue;
                }
                String[] bounds = words[0].split("-", 2);
                long end = Long.parseUnsignedLong(bounds[1], 16);
                for (long at = Long.parseUnsignedLong(bounds[0], 16); at < end; at += CHUNK) {
                    int length = (int) Math.min(chunk.length, end - at);
                    if (contains(memory, at, chunk, length, secret)) {
                        found.add(secret + " in the memory of " + process.pid() + ": " + map);
                    }
                }
            }
        }
        return found;
    }

    private static boolean contains(
            RandomAccessFile memory, long at, byte[] chunk, int length, String secret) {
        try {
            memory.seek(at);
            memory.readFully(chunk, 0, length);
        } catch (IOException unmapped) {
            return false;
        }
        String latin = new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
        return latin.contains(secret);
    }

    private static List<String> inFiles(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    ALL.stream()
                            .filter(text::contains)
                            .forEach(secret -> found.add(secret + " in " + file));
                } catch (NoSuchFileException gone) {
                    // It was temporary.
                }
            }
        }
        return found;
    }
}
