package dev.mgmt.engine.kind.pkg;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.os.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A Debian host in a mount namespace of its own: the machine's apt and dpkg on an empty package
 * database, and an archive of packages that the test makes. Needs root, and no network.
 */
final class AptHost implements AutoCloseable {
    private static final String ARCHIVE = "srv/repo";

    private final Path work;
    private final Process holder;
    private final HostRoot root;
    private final String architecture;

    /**
     * A package to be; it has one file of data and one of configuration, with its version in both.
     */
    record Deb(String name, String version, String section, String fields, String afterInstall) {
        static Deb of(String name, String version) {
            return new Deb(name, version, "main", "", "");
        }

        Deb in(String otherSection) {
            return new Deb(name, version, otherSection, fields, afterInstall);
        }

        /** Such as {@code Depends: other}. */
        Deb with(String field) {
            return new Deb(name, version, section, field + "\n", afterInstall);
        }

        /** A line of shell that its installation runs. */
        Deb running(String line) {
            return new Deb(name, version, section, fields, line);
        }
    }

    private AptHost(Path work, Process holder) throws IOException {
        this.work = work;
        this.holder = holder;
        root = new HostRoot(Path.of("/proc/" + holder.pid() + "/root"));
        architecture = out("dpkg", "--print-architecture").strip();
    }

    static AptHost start(Path work) throws IOException {
        Path script = work.resolve("apt-host.sh");
        try (var in = AptHost.class.getResourceAsStream("apt-host.sh")) {
            Files.write(script, Objects.requireNonNull(in).readAllBytes());
        }
        Path base = Files.createDirectories(work.resolve("host"));
        Process holder =
                new ProcessBuilder(
                                "unshare",
                                "--mount",
                                "--propagation",
                                "private",
                                "sh",
                                script.toString(),
                                base.toString())
                        .redirectErrorStream(true)
                        .start();
        BufferedReader said = holder.inputReader(UTF_8);
        String first = said.readLine();
        if (!"ready".equals(first)) {
            holder.destroyForcibly();
            throw new IOException(
                    "cannot make a host for the test (it needs root, and unshare of the package"
                            + " util-linux): "
                            + first);
        }
        AptHost host = new AptHost(work, holder);
        host.write(
                "/etc/apt/sources.list", "deb [trusted=yes] copy:/srv/repo stable main non-free\n");
        for (String section : List.of("main", "non-free", "unsigned")) {
            Files.createDirectories(host.lists(section));
            Files.createFile(host.lists(section).resolve("Packages"));
        }
        return host;
    }

    HostRoot root() {
        return root;
    }

    Path at(String path) {
        return root.at(path);
    }

    /** Makes the package and puts it into the archive. */
    AptHost publish(Deb deb) throws IOException {
        String file = deb.name() + "_" + deb.version().replace(':', '.') + ".deb";
        Path tree = work.resolve(file + ".d");
        Path data = Files.createDirectories(tree.resolve("usr/share/" + deb.name()));
        Files.writeString(data.resolve("version"), deb.version() + "\n");
        Path control = Files.createDirectories(tree.resolve("DEBIAN"));
        Path settings = Files.createDirectories(tree.resolve("etc/" + deb.name()));
        Files.writeString(settings.resolve("conf"), "of " + deb.version() + "\n");
        Files.writeString(control.resolve("conffiles"), "/etc/" + deb.name() + "/conf\n");
        String stanza =
                "Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: nobody <n@example>\n"
                                .formatted(deb.name(), deb.version())
                        + deb.fields()
                        + "Description: made by a test\n";
        Files.writeString(control.resolve("control"), stanza);
        if (!deb.afterInstall().isEmpty()) {
            Path script = control.resolve("postinst");
            Files.writeString(script, "#!/bin/sh\nset -e\n" + deb.afterInstall() + "\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path made = at("/" + ARCHIVE).resolve(file);
        build(tree, made);
        byte[] bytes = Files.readAllBytes(made);
        append(
                lists(deb.section()).resolve("Packages"),
                stanza
                        + "Filename: %s\nSize: %d\nSHA256: %s\n\n"
                                .formatted(file, bytes.length, sha256(bytes)));
        return this;
    }

    /** The archive no longer knows any package of this section. */
    AptHost forget(String section) throws IOException {
        Files.writeString(lists(section).resolve("Packages"), "");
        return this;
    }

    private static void build(Path tree, Path deb) throws IOException {
        List<String> argv = List.of("dpkg-deb", "-Znone", "-b", tree.toString(), deb.toString());
        try {
            expect(HostRoot.REAL.run(argv));
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Runs a program of the host to its end, whatever that is. */
    Tool.Finished run(String... argv) throws IOException {
        try {
            return root.run(List.of(argv));
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    String out(String... argv) throws IOException {
        Tool.Finished finished = run(argv);
        expect(finished);
        return finished.out();
    }

    /** Starts a program of the host. */
    Process start(String... argv) throws IOException {
        List<String> line = new ArrayList<>(List.of("chroot", root.directory().toString()));
        line.addAll(List.of(argv));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("started.log").toFile())
                .start();
    }

    AptHost write(String path, String text) throws IOException {
        Files.writeString(at(path), text);
        return this;
    }

    /** What apt-get has been called for, each call that changed something. */
    List<String> history() throws IOException {
        Path log = at("/var/log/apt/history.log");
        return Files.exists(log)
                ? Files.readAllLines(log).stream()
                        .filter(line -> line.startsWith("Commandline: "))
                        .toList()
                : List.of();
    }

    /** The version, or nothing if it is not installed. */
    String installed(String name) throws IOException {
        String[] words =
                run("dpkg-query", "-W", "-f", "${Status} ${Version}", name).out().split(" ", -1);
        return words.length == 4 && words[2].equals("installed") ? words[3] : "";
    }

    @Override
    public void close() {
        holder.destroyForcibly();
        try {
            holder.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path lists(String section) {
        return at("/" + ARCHIVE + "/dists/stable/" + section + "/binary-" + architecture);
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static void expect(Tool.Finished finished) throws IOException {
        if (!finished.succeeded()) {
            throw new IOException("exit code " + finished.code() + ": " + finished.said());
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
