package dev.mgmt.remote.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Looks for processes of a test, which know its directory by name, and treats them badly. */
final class Processes {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Processes() {}

    /** The agents of a host: what its cache says runs from an image. */
    static List<ProcessHandle> agents(Path cache) throws java.io.IOException {
        Path running = cache.resolve("running");
        if (!Files.isDirectory(running)) {
            return List.of();
        }
        try (Stream<Path> markers = Files.list(running)) {
            return markers.map(marker -> String.valueOf(marker.getFileName()))
                    .map(name -> Long.parseLong(name.substring(name.lastIndexOf('.') + 1)))
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .filter(ProcessHandle::isAlive)
                    .toList();
        }
    }

    static ProcessHandle agent(Path cache) throws java.io.IOException {
        List<ProcessHandle> agents = agents(cache);
        if (agents.size() != 1) {
            throw new AssertionError("not one agent but " + agents);
        }
        return agents.getFirst();
    }

    /** What sshd has running for one session of ours; killing it is a cut of the link. */
    static ProcessHandle session(ProcessHandle agent) {
        return agent.parent().orElseThrow();
    }

    /** Ends every session of a server, and not the server. */
    static void cutSessions(dev.mgmt.tunnel.LoopbackSshd sshd) throws java.io.IOException {
        long server = Long.parseLong(Files.readString(sshd.directory().resolve("pid")).strip());
        ProcessHandle.of(server).orElseThrow().children().forEach(ProcessHandle::destroyForcibly);
    }

    static void signal(String name, ProcessHandle process)
            throws java.io.IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    static void awaitFile(Path file) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(file + " does not come back");
            }
            Thread.sleep(10);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return "";
        }
    }

    /** Waits until a file has such a line. */
    static void awaitLine(Path file, String part) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!text(file).contains(part)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + part + " in " + text(file));
            }
            Thread.sleep(10);
        }
    }

    /** Waits until a file below a directory begins so. */
    static void awaitText(Path directory, String beginning) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (Files.readString(file).startsWith(beginning)) {
                        return;
                    }
                }
            } catch (java.io.IOException | java.io.UncheckedIOException e) {
                // Files come and go there.
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no file in " + directory + " begins " + beginning);
            }
            Thread.sleep(10);
        }
    }

    static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("process " + process.pid() + " does not end", e);
        }
    }
}
