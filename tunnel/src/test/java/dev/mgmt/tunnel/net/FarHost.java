package dev.mgmt.tunnel.net;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Trees;
import dev.mgmt.tunnel.health.Keepalive;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's server at the far end of a {@link ShapedLink}. */
public final class FarHost implements AutoCloseable {
    private static final int PORT = 22;

    private final ShapedLink link;
    private final Path directory;
    private final Process sshd;

    private FarHost(ShapedLink link, Path directory, Process sshd) {
        this.link = link;
        this.directory = directory;
        this.sshd = sshd;
    }

    /**
     * @param config lines of sshd_config(5) that come first
     */
    public static FarHost behind(LinkShape shape, String... config) throws IOException {
        var link = ShapedLink.open(shape);
        Path directory = Files.createTempDirectory("mgmt-far-");
        LoopbackSshd.generateKey(directory.resolve("host"), "-t", "ed25519");
        LoopbackSshd.generateKey(directory.resolve("client"), "-t", "ed25519");
        Files.copy(directory.resolve("client.pub"), directory.resolve("authorized_keys"));
        Files.writeString(
                directory.resolve("known_hosts"),
                link.address() + " " + Files.readString(directory.resolve("host.pub")));
        List<String> lines = new ArrayList<>(List.of(config));
        lines.addAll(
                List.of(
                        "Port " + PORT,
                        "ListenAddress " + link.address(),
                        "HostKey " + directory.resolve("host"),
                        "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "PrintMotd no",
                        "Subsystem sftp internal-sftp",
                        // Each of them asks the name server, which is not there.
                        "UseDNS no",
                        "LogLevel VERBOSE"));
        Files.write(directory.resolve("sshd_config"), lines);
        Files.createDirectories(Path.of("/run/sshd"));
        Path log = directory.resolve("log");
        Process sshd =
                new ProcessBuilder(
                                link.command(
                                        "/usr/sbin/sshd",
                                        "-D",
                                        "-e",
                                        "-f",
                                        directory + "/sshd_config"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        var host = new FarHost(link, directory, sshd);
        host.awaitListening(log);
        return host;
    }

    private void awaitListening(Path log) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.readString(log).contains("listening on")) {
            if (!sshd.isAlive() || System.nanoTime() > end) {
                String said = Files.readString(log);
                close();
                throw new AssertionError("sshd does not come up: " + said);
            }
            Thread.onSpinWait();
        }
    }

    public ShapedLink link() {
        return link;
    }

    public Path clientKey() {
        return directory.resolve("client");
    }

    public Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    public Path directory() {
        return directory;
    }

    public String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    public Target target(Duration connectTimeout, Duration keepalive) {
        Credential key = new Credential.KeyFile(clientKey(), () -> new char[0]);
        String user = System.getProperty("user.name");
        return Target.of("far", link.address(), PORT, user)
                .as(user, List.of(key))
                .trusting(HostKeyTrust.strict(List.of(knownHosts())))
                .within(connectTimeout, new Keepalive(keepalive, 3));
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> family = new ArrayList<>(sshd.toHandle().descendants().toList());
        family.add(sshd.toHandle());
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(process -> process.onExit().join());
        link.close();
        Trees.delete(directory);
    }
}
