package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.remote.agent.AgentMain;
import dev.mgmt.remote.host.TestImage;
import dev.mgmt.tunnel.LoopbackSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code mgmt remote} where only ssh_config says how hosts are reached. */
@Timeout(120)
class SshConfigIT {
    private static final String HOME_PROPERTY = "mgmt.home";

    @TempDir private Path directory = Path.of("");
    private final Transcript transcript = new Transcript();
    private final List<LoopbackSshd> servers = new ArrayList<>();

    @BeforeEach
    void layOutAnImage() throws Exception {
        Path home = directory.resolve("laptop");
        TestImage.in(home, "d1", program(), 1000);
        System.setProperty(HOME_PROPERTY, home.toString());
    }

    @AfterEach
    void stopServers() {
        System.clearProperty(HOME_PROPERTY);
        servers.forEach(LoopbackSshd::close);
    }

    private static String program() {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s \"$@\"\n"
                .formatted(System.getProperty("java.home"), classPath, AgentMain.class.getName());
    }

    private LoopbackSshd server(String... config) {
        List<String> lines = new ArrayList<>(List.of(config));
        lines.add("SetEnv MGMT_CACHE=" + directory.resolve("cache"));
        LoopbackSshd server = LoopbackSshd.start(lines.toArray(String[]::new));
        servers.add(server);
        return server;
    }

    private ExitCode remote(String config, Map<String, String> environment, String... more)
            throws IOException {
        Path file = Files.writeString(directory.resolve("ssh_config"), config);
        Files.writeString(
                directory.resolve("g.yaml"),
                "graph: g\nresources:\n  file:\n  - {name: %s/made, content: x}\n"
                        .formatted(directory));
        Path hosts =
                Files.writeString(
                        directory.resolve("hosts.yaml"), "hosts:\n  web1: {graph: g.yaml}\n");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "remote",
                                hosts.toString(),
                                "--ssh-config=" + file,
                                "--converged-timeout=0.2",
                                "--timeout=60"));
        words.addAll(List.of(more));
        return transcript.with(environment, words.toArray(String[]::new));
    }

    private static Map<String, String> usual() {
        return Map.of(
                "HOME", "/nonexistent", "PATH", System.getenv().getOrDefault("PATH", "/usr/bin"));
    }

    @Test
    void aHostBehindAJumpHostConvergesWithNothingButItsNameInTheInventory() throws Exception {
        LoopbackSshd gateway = server();
        LoopbackSshd host = server();
        String config =
                gateway.hostBlock("gw") + host.hostBlock("web1", "ProxyJump gw", "Compression yes");

        assertEquals(
                ExitCode.OK, remote(config, usual()), () -> transcript.err() + transcript.out());

        assertTrue(Files.exists(directory.resolve("made")));
        assertTrue(gateway.log().contains("Accepted publickey"), gateway::log);
        assertTrue(host.log().contains("Accepted publickey"), host::log);
    }

    @Test
    void aChangedKeyOfTheJumpHostIsToldAsItsOwn() throws Exception {
        LoopbackSshd gateway = server();
        LoopbackSshd host = server();
        Path other = directory.resolve("other");
        LoopbackSshd.generateKey(other, "-t", "ed25519");
        Path changed =
                Files.writeString(
                        directory.resolve("changed"),
                        "[127.0.0.1]:"
                                + gateway.port()
                                + " "
                                + Files.readString(Path.of(other + ".pub")));
        String config =
                gateway.hostBlock("gw", "UserKnownHostsFile " + changed)
                        + host.hostBlock("web1", "ProxyJump gw");

        assertEquals(ExitCode.HOST_KEY, remote(config, usual()), transcript::err);

        String said = transcript.out() + transcript.err();
        assertTrue(said.contains("at the jump host gw: The host's key is not the one"), said);
        assertFalse(host.log().contains("Accepted"), host::log);
    }

    @Test
    void whatSshConfigAsksForAndCannotBeDoneTouchesNoHost() throws Exception {
        LoopbackSshd host = server();
        long before = connections(host);
        String config = host.hostBlock("web1", "ProxyUseFdpass yes", "StrictHostKeyChecking no");

        assertEquals(ExitCode.INVALID_INPUT, remote(config, usual()), transcript::err);

        assertTrue(
                transcript
                        .err()
                        .contains(
                                "web1: ssh_config says `ProxyUseFdpass yes`, which is not"
                                        + " supported"),
                transcript::err);
        assertTrue(transcript.err().contains("`StrictHostKeyChecking no`"), transcript::err);
        assertEquals(before, connections(host));
    }

    private static long connections(LoopbackSshd host) {
        return host.log().lines().filter(line -> line.contains("Connection from")).count();
    }

    @Test
    void withoutAClientAFileThatOnlyItCanReadIsRefused() throws Exception {
        Map<String, String> bare = Map.of("HOME", "/nonexistent", "PATH", directory.toString());
        assertEquals(ExitCode.INVALID_INPUT, remote("", bare), transcript::err);
        assertTrue(transcript.err().contains("install openssh-client"), transcript::err);
    }

    @Test
    void theCommandLineAndTheInventoryComeBeforeSshConfig() throws Exception {
        LoopbackSshd host = server();
        String config = host.hostBlock("web1", "Port 1", "User nobody", "StrictHostKeyChecking no");

        assertEquals(
                ExitCode.OK,
                remote(
                        config,
                        usual(),
                        "--port=" + host.port(),
                        "--user=" + host.user(),
                        "--host-key-policy=strict"),
                () -> transcript.err() + transcript.out());
    }
}
