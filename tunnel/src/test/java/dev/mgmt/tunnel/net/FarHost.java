package dev.mgmt.tunnel.net;

import dev.mgmt.tunnel.SshdFiles;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Trees;
import dev.mgmt.tunnel.health.Keepalive;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's server at the far end of a {@link ShapedLink}. */
public final class FarHost implements AutoCloseable {
    private static final int PORT = 22;

    private final ShapedLink link;
    private final SshdFiles files;
    private final Process sshd;

    private FarHost(ShapedLink link, SshdFiles files, Process sshd) {
        this.link = link;
        this.files = files;
        this.sshd = sshd;
    }

    /**
     * @param config lines of sshd_config(5) that come first
     */
    public static FarHost behind(LinkShape shape, String... config) throws IOException {
        var link = ShapedLink.open(shape);
        SshdFiles files = SshdFiles.create(link.address(), PORT);
        files.configure(
                List.of(config),
                List.of(
                        "PidFile none",
                        "Subsystem sftp internal-sftp",
                        // Each of them asks the name server, which is not there.
                        "UseDNS no"));
        Process sshd = files.start(link.command("/usr/sbin/sshd"));
        var host = new FarHost(link, files, sshd);
        host.awaitListening();
        return host;
    }

    private void awaitListening() throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!log().contains("listening on")) {
            if (!sshd.isAlive() || System.nanoTime() > end) {
                String said = log();
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
        return files.clientKey();
    }

    public Path knownHosts() {
        return files.knownHosts();
    }

    public Path directory() {
        return files.directory();
    }

    public String log() throws IOException {
        return files.log();
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
        Trees.delete(directory());
    }
}
