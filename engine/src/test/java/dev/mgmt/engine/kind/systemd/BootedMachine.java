package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A machine with a systemd of its own, in namespaces of this one (see boot.sh). Its files are seen
 * under {@link #root}, its sockets too; commands run in it with {@link #entry} before them. Needs
 * root, and Debian's packages systemd, dbus and util-linux.
 */
public final class BootedMachine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process supervisor;
    private final long first;

    private BootedMachine(Process supervisor, long first) {
        this.supervisor = supervisor;
        this.first = first;
    }

    public static BootedMachine start() {
        require("/lib/systemd/systemd", "systemd");
        require("/usr/bin/dbus-daemon", "dbus");
        require("/usr/bin/unshare", "util-linux");
        try {
            Path directory = Files.createTempDirectory("mgmt-machine");
            Path script = directory.resolve("boot.sh");
            try (InputStream in = BootedMachine.class.getResourceAsStream("boot.sh")) {
                Files.write(script, Objects.requireNonNull(in).readAllBytes());
            }
            Process supervisor =
                    new ProcessBuilder(
                                    "unshare",
                                    "--mount",
                                    "--propagation",
                                    "private",
                                    "sh",
                                    script.toString(),
                                    directory.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("log").toFile())
                            .start();
            boolean booted = false;
            try {
                BootedMachine machine = awaited(directory, supervisor);
                booted = true;
                return machine;
            } finally {
                if (!booted) {
                    end(supervisor);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BootedMachine awaited(Path directory, Process supervisor) {
        AtomicLong first = new AtomicLong();
        await(
                "a first process",
                directory,
                () -> {
                    first.set(firstProcess(directory.resolve("machine")));
                    return first.get() > 0;
                });
        BootedMachine machine = new BootedMachine(supervisor, first.get());
        await(
                "systemd",
                directory,
                () ->
                        Files.exists(machine.root().resolve("run/mgmt-test-machine"))
                                && Files.exists(machine.root().resolve("run/systemd/private"))
                                && machine.output("systemctl", "is-active", "mgmt-test.target")
                                        .equals("active"));
        return machine;
    }

    /** The one child of the process whose number is in the file; 0 if there is none yet. */
    private static long firstProcess(Path file) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).stream()
                    .flatMap(ProcessHandle::children)
                    .mapToLong(ProcessHandle::pid)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its root directory as seen from here. */
    public Path root() {
        return Path.of("/proc/" + first + "/root");
    }

    /** What makes a command run in it. */
    public List<String> entry() {
        return List.of("nsenter", "--all", "--target", Long.toString(first), "--wd=/");
    }

    /** What drivers are given. */
    public Machine machine() {
        return new Machine(root(), entry());
    }

    /** Writes a file; the directory must be there. */
    public void write(String path, String text) {
        try {
            Files.writeString(root().resolve(path.substring(1)), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the file of a unit, and lets systemd read it. */
    public void unit(String name, String text) {
        write("/etc/systemd/system/" + name, text);
        output("systemctl", "daemon-reload");
    }

    /** Runs a command in it; returns what it wrote to stdout, without white space at its ends. */
    public String output(String... command) {
        List<String> line = new ArrayList<>(entry());
        line.addAll(List.of(command));
        return run(line);
    }

    @Override
    public void close() {
        end(supervisor);
    }

    /** The script takes all away when its input ends. */
    private static void end(Process supervisor) {
        try {
            supervisor.getOutputStream().close();
            if (!supervisor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the machine of this test does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void require(String file, String debianPackage) {
        if (!Files.exists(Path.of(file))) {
            throw new AssertionError(
                    "this test boots a systemd: install Debian's package " + debianPackage);
        }
    }

    private static String run(List<String> line) {
        try {
            Process process =
                    new ProcessBuilder(line)
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static void await(String what, Path directory, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + ": " + log(directory));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    private static String log(Path directory) {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }
}
