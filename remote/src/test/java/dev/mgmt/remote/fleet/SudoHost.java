package dev.mgmt.remote.fleet;

import dev.mgmt.tunnel.LoopbackSshd;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An sshd in mount and process namespaces of its own, with accounts, sudoers and caches of its own:
 * of this machine's nothing is changed, and all of it is gone with the process. {@code admin} may
 * log in; its password is {@link #PASSWORD}.
 */
final class SudoHost implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    private static final String HASH =
            "$6$mgmtsalt$oICbq/grTk7df4jRq59CCvGFmjKrVB5T9yjbY5OFSn1BN1zBtd3iAzb3uQpsO9q6wnWCyjY7jhkpDcYxCd/L10";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path directory;
    private final int port;
    private final Process process;

    private SudoHost(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /**
     * @param directory of the test's, empty or not there; everybody will be able to read it
     * @param mounts further commands for the host's root, before sshd starts
     * @param sudoers lines of sudoers(5)
     */
    static SudoHost start(Path directory, String mounts, String... sudoers)
            throws IOException, InterruptedException {
        for (String tool : List.of("/usr/bin/sudo", "/usr/bin/unshare", "/usr/sbin/sshd")) {
            if (!Files.isExecutable(Path.of(tool))) {
                throw new AssertionError("no " + tool + ": install sudo, util-linux and sshd");
            }
        }
        Files.createDirectories(directory);
        LoopbackSshd.generateKey(directory.resolve("host_key"), "-t", "ed25519");
        LoopbackSshd.generateKey(directory.resolve("client"), "-t", "ed25519");
        int port = freePort();
        String hostKey = Files.readString(directory.resolve("host_key.pub"));
        Files.writeString(directory.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey);
        Files.copy(directory.resolve("client.pub"), directory.resolve("authorized_keys"));
        writeAccounts(directory);
        List<String> rules = new ArrayList<>(List.of(sudoers));
        rules.add("Defaults !syslog, !mail_badpass, !mail_no_user, lecture=never");
        Files.write(directory.resolve("sudoers"), rules);
        Files.setPosixFilePermissions(
                directory.resolve("sudoers"), PosixFilePermissions.fromString("r--r-----"));
        writeSshd(directory, port);
        Files.writeString(directory.resolve("root.sh"), root(directory, mounts));
        Process process =
                new ProcessBuilder(
                                "unshare",
                                "--mount",
                                "--pid",
                                "--fork",
                                "--kill-child",
                                "--mount-proc",
                                "sh",
                                "-e",
                                directory + "/root.sh")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        SudoHost host = new SudoHost(directory, port, process);
        host.awaitGreeting();
        return host;
    }

    private static void writeAccounts(Path directory) throws IOException {
        Files.writeString(
                directory.resolve("passwd"),
                """
                root:x:0:0:root:/root:/bin/sh
                nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                sshd:x:100:65534::/run/sshd:/usr/sbin/nologin
                admin:x:2001:2001::/home/admin:/bin/sh
                worker:x:2002:2002::/home/worker:/bin/sh
                """);
        Files.writeString(
                directory.resolve("shadow"),
                """
                root:*:19000:0:99999:7:::
                admin:HASH:19000:0:99999:7:::
                worker:*:19000:0:99999:7:::
                """
                        .replace("HASH", HASH));
        Files.writeString(
                directory.resolve("group"),
                "root:x:0:\nnogroup:x:65534:\nadmin:x:2001:\nworker:x:2002:\n");
    }

    private static void writeSshd(Path directory, int port) throws IOException {
        Files.write(
                directory.resolve("sshd_config"),
                List.of(
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + directory.resolve("host_key"),
                        "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                        "UsePAM no",
                        "StrictModes no",
                        "PasswordAuthentication no"));
    }

    private static String root(Path directory, String mounts) {
        return """
        mount --make-rprivate /
        for file in passwd shadow group sudoers; do
            chown 0:0 DIR/$file
            mount --bind DIR/$file /etc/$file
        done
        mount -t tmpfs none /etc/sudoers.d
        mount -t tmpfs none /run
        mkdir -p /run/sshd /run/sudo
        mount -t tmpfs none /var/lib/sudo
        mount -t tmpfs none /var/cache
        mount -t tmpfs -o mode=1777 none /var/tmp
        mount -t tmpfs none /home
        for user in admin worker; do
            mkdir /home/$user
            chown $user:$user /home/$user
        done
        MOUNTS
        exec /usr/sbin/sshd -D -e -f DIR/sshd_config
        """
                .replace("MOUNTS", mounts)
                .replace("DIR", directory.toString());
    }

    /** What an agent needs, where every user of this machine can read it. */
    static String readableClassPath(Path directory) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : LoopbackFleet.classPath().split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            String name = String.valueOf(from.getFileName());
            boolean isOurs = name.matches("(engine|tunnel|remote)(-[0-9.]+)?(\\.jar)?|classes");
            boolean isUsed = name.matches("(snakeyaml|jmustache|jackson-core|jspecify)-.*\\.jar");
            if (Files.exists(from) && (isOurs || isUsed)) {
                Path to = directory.resolve("cp" + entries.size() + "-" + name);
                LoopbackSshd.run(List.of("cp", "-rL", from.toString(), to.toString()));
                LoopbackSshd.run(List.of("chmod", "-R", "a+rX", to.toString()));
                entries.add(to.toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Lets every user of this machine come as far as here. */
    static void open(Path directory) throws IOException {
        for (Path way = directory; way != null && !way.endsWith("tmp"); way = way.getParent()) {
            Files.setPosixFilePermissions(way, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private void awaitGreeting() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                if (probe.getInputStream().read() == 'S') {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(20);
            }
        }
        close();
        throw new AssertionError("the host does not start: " + log());
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    int port() {
        return port;
    }

    Path clientKey() {
        return directory.resolve("client");
    }

    Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** Every process of this host, as this machine numbers them. */
    Stream<ProcessHandle> processes() {
        return process.descendants();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
