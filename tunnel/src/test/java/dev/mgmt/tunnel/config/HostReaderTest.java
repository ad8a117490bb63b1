package dev.mgmt.tunnel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.AlgorithmLimits;
import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.config.HostConfig.Keys;
import dev.mgmt.tunnel.config.HostConfig.Said;
import dev.mgmt.tunnel.config.HostConfig.Trust;
import dev.mgmt.tunnel.health.Keepalive;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import dev.mgmt.tunnel.identity.LoginRules;
import dev.mgmt.tunnel.identity.LoginRules.AgentKeys;
import dev.mgmt.tunnel.identity.LoginRules.Method;
import dev.mgmt.tunnel.identity.LoginRules.Questions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostReaderTest {
    private static final HostConfig.Way STRAIGHT = new HostConfig.Way.Direct(Route.Direct.anyhow());

    private static List<Path> paths(String... names) {
        return List.of(names).stream().map(Path::of).toList();
    }

    @Test
    void everyOptionThatIsUsedArrivesWhereItBelongs() {
        HostReader reader = Recordings.reader("web1", "9.2-used");
        Route.Direct direct = reader.direct();
        HostConfig config = reader.read(new HostConfig.Way.Direct(direct));

        assertEquals(List.of(), reader.problems());
        assertEquals(
                new HostConfig(
                        "web1",
                        "192.0.2.1",
                        2222,
                        "admin",
                        new Keys(
                                paths(
                                        "/home/me/.ssh/id_192.0.2.1",
                                        "/tmp/a b/key",
                                        "/home/me/envkey"),
                                Said.IN_A_FILE),
                        new Trust(
                                paths(
                                        "/home/me/.ssh/kh_web-alias",
                                        "/tmp/a b/kh",
                                        "/home/me/.ssh/kh3"),
                                List.of(),
                                Optional.of("web-alias"),
                                Optional.of(HostKeyPolicy.ACCEPT_NEW),
                                HostKeyTrust.Names.PLAIN),
                        new LoginRules(
                                EnumSet.of(Method.PUBLIC_KEY, Method.KEYBOARD_INTERACTIVE),
                                AgentKeys.NAMED,
                                paths("/home/me/.ssh/x-cert.pub"),
                                Optional.of(Path.of("/home/me/agent sock")),
                                Questions.ALLOWED),
                        Optional.of(Duration.ofSeconds(7)),
                        Optional.of(new Keepalive(Duration.ofSeconds(9), 2)),
                        new HostConfig.Way.Direct(
                                new Route.Direct(
                                        Route.AddressFamily.IPV4, Optional.of("127.0.0.1"))),
                        new AlgorithmLimits(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(List.of("aes128-ctr", "chacha20-poly1305@openssh.com")),
                                Optional.empty(),
                                2048)),
                config);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.4-defaults", "9.2-defaults", "10.0-defaults"})
    void defaultsOfEveryVersionAreNobodysWish(String version) {
        HostReader reader =
                new HostReader(
                        Recordings.reading(version), HostQuery.of("web1"), Recordings.of(version));
        HostConfig config = reader.read(STRAIGHT);

        assertEquals(List.of(), reader.problems());
        assertEquals(AlgorithmLimits.NONE, config.limits());
        assertEquals(Said.BY_DEFAULT, config.keys().said());
        assertTrue(
                config.keys().files().contains(Path.of("/home/me/.ssh/id_ed25519")),
                () -> config.keys().toString());
        assertEquals(
                paths("/home/me/.ssh/known_hosts", "/home/me/.ssh/known_hosts2"),
                config.trust().own());
        assertEquals(Optional.empty(), config.trust().policy());
        assertEquals(EnumSet.allOf(Method.class), config.login().methods());
        assertEquals(Optional.of(Path.of("/run/agent")), config.login().agent());
        assertEquals(Optional.empty(), config.keepalive());
        assertEquals(Optional.empty(), config.connectTimeout());
        assertEquals(Route.Direct.anyhow(), reader.direct());
        assertEquals(Optional.empty(), reader.jumps());
        assertEquals(Optional.empty(), reader.command());
    }

    @Test
    void jumpHostsAreTakenFromTheLastOnBackwards() {
        HostReader reader = Recordings.reader("web2", "9.2-jumps");
        HostConfig config = reader.read(STRAIGHT);

        assertEquals("web2.example.com", config.address());
        assertEquals(new Keys(List.of(), Said.IN_A_FILE), config.keys());
        assertEquals(List.of(), config.trust().own());
        assertEquals(Optional.empty(), config.login().agent());
        JumpList last = reader.jumps().orElseThrow();
        assertEquals("gw3", last.last().host());
        JumpList third = JumpList.parse(last.last().jumps().orElseThrow()).orElseThrow();
        assertEquals("::1", third.last().host());
        assertEquals(Optional.of(22), third.last().port());
        JumpList second = JumpList.parse(third.last().jumps().orElseThrow()).orElseThrow();
        assertEquals(
                new HostQuery(
                        "gw2", Optional.of(33), Optional.of("x"), Optional.of("user@gw1:2200")),
                second.last());
        assertEquals(
                Optional.of(
                        new JumpList(
                                new HostQuery(
                                        "gw1",
                                        Optional.of(2200),
                                        Optional.of("user"),
                                        Optional.empty()))),
                JumpList.parse("user@gw1:2200"));
    }

    @Test
    void tokensOfAProxyCommandAreFilledIn() {
        HostReader reader = Recordings.reader("web3", "9.2-command");
        assertEquals(Optional.of("nc -X 5 web3 22 me web3 100%"), reader.command());
        HostConfig config = reader.read(STRAIGHT);
        assertEquals(Set.of(Method.PUBLIC_KEY), config.login().methods());
        assertEquals(Optional.of(Path.of("/run/other")), config.login().agent());
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void nameThatAShellWouldReadOtherwiseIsNotPutIntoAProxyCommand() {
        HostReader reader = Recordings.reader("$(reboot)", "9.2-command");
        var _ = reader.command();
        assertTrue(
                reader.problems().getFirst().advice().contains("means more than a name to sh"),
                () -> reader.problems().toString());
    }

    @Test
    void whatCannotBeHonouredIsNamedWithItsValue() {
        HostReader reader = Recordings.reader("web4", "9.2-refused");
        var _ = reader.read(STRAIGHT);
        Set<String> refused =
                reader.problems().stream()
                        .map(problem -> problem.what().split("`", 3)[1].split(" ", 2)[0])
                        .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "ProxyUseFdpass",
                        "StrictHostKeyChecking",
                        "KnownHostsCommand",
                        "RevokedHostKeys",
                        "PKCS11Provider",
                        "VerifyHostKeyDNS",
                        "BindInterface",
                        "RekeyLimit",
                        "KexAlgorithms",
                        "HostbasedAuthentication",
                        "PubkeyAcceptedAlgorithms"),
                refused);
        assertEquals(
                "ssh_config says `ProxyUseFdpass yes`, which is not supported",
                reader.problems().stream()
                        .map(ConfigProblem::what)
                        .filter(what -> what.contains("Fdpass"))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void namesAreHashedWhereTheUserWantsThat() {
        HostConfig hashed = Recordings.reader("web4", "9.2-refused").read(STRAIGHT);
        assertEquals(HostKeyTrust.Names.HASHED, hashed.trust().names());
    }

    @Test
    void whatTheCommandLineDecidesIsNotLookedAt() {
        HostReader reader = Recordings.reader("web4", "9.2-refused", "stricthostkeychecking");
        var _ = reader.read(STRAIGHT);
        assertTrue(
                reader.problems().stream()
                        .noneMatch(problem -> problem.what().contains("StrictHostKeyChecking")),
                () -> reader.problems().toString());
    }

    @Test
    void optionThatNobodyHasHeardOfIsRefusedOnceItIsSet() {
        ClientAnswer answer = ClientAnswer.parse("hostname web\nport 22\nuser me\nnewfangled on\n");
        HostReader reader =
                new HostReader(Recordings.reading("9.2-defaults"), HostQuery.of("web"), answer);
        var _ = reader.read(STRAIGHT);
        assertEquals(
                List.of("ssh_config says `newfangled on`, which is not supported"),
                reader.problems().stream().map(ConfigProblem::what).toList());
    }
}
