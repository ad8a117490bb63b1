package dev.mgmt.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.cli.view.FleetView;
import dev.mgmt.cli.view.Verbosity;
import dev.mgmt.remote.fleet.FleetOptions;
import dev.mgmt.remote.fleet.Pace;
import dev.mgmt.remote.inventory.HostSpec.Become;
import dev.mgmt.remote.inventory.InventoryOptions.CleartextPasswords;
import dev.mgmt.remote.reach.SshOptions;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class RemoteOptionsTest {
    @Test
    void silenceMeansTheDocumentedDefaults() {
        RemoteOptions options = parsed(Map.of(), "hosts.yaml");

        assertEquals(List.of(Path.of("hosts.yaml")), options.files());
        assertEquals(Optional.empty(), options.limit());
        assertEquals(CleartextPasswords.REFUSED, options.passwords());
        assertEquals(FleetView.Output.HUMAN, options.output());
        assertEquals(Verbosity.NORMAL, options.verbosity());
        assertEquals(
                new FleetOptions(
                        Optional.empty(),
                        Optional.empty(),
                        64,
                        FleetOptions.Plan.APPLY,
                        Optional.empty(),
                        FleetOptions.Afterwards.KEEP_IMAGE,
                        FleetOptions.Edits.PUSHED,
                        SshOptions.NONE,
                        Become.NONE,
                        "root",
                        Pace.USUAL),
                options.fleet());
    }

    @Test
    void everyOptionArrivesWhereItBelongs() {
        RemoteOptions options =
                parsed(
                        Map.of(),
                        "a.yaml",
                        "b.yaml",
                        "--converged-timeout=5",
                        "--timeout",
                        "2m",
                        "--limit",
                        "web*",
                        "--forks",
                        "7",
                        "--noop",
                        "--user",
                        "admin",
                        "--port",
                        "2222",
                        "--identity",
                        "/dev/null",
                        "--identity",
                        "/dev/zero",
                        "--ssh-config",
                        "/dev/null",
                        "--known-hosts",
                        "kh",
                        "--host-key-policy",
                        "accept-new",
                        "--linger",
                        "1h",
                        "--clean",
                        "--no-watch",
                        "--allow-cleartext-passwords",
                        "--output",
                        "json",
                        "-v",
                        "--connect-timeout",
                        "500ms",
                        "--become",
                        "--become-user",
                        "www",
                        "--ask-become-password");

        assertEquals(
                new RemoteOptions(
                        List.of(Path.of("a.yaml"), Path.of("b.yaml")),
                        Optional.of("web*"),
                        CleartextPasswords.ALLOWED,
                        new FleetOptions(
                                Optional.of(Duration.ofSeconds(5)),
                                Optional.of(Duration.ofMinutes(2)),
                                7,
                                FleetOptions.Plan.NOOP,
                                Optional.of(Duration.ofHours(1)),
                                FleetOptions.Afterwards.REMOVE_IMAGE,
                                FleetOptions.Edits.IGNORED,
                                new SshOptions(
                                                Optional.of("admin"),
                                                Optional.of(2222),
                                                List.of(Path.of("/dev/null"), Path.of("/dev/zero")),
                                                List.of(Path.of("kh")),
                                                Optional.of(HostKeyPolicy.ACCEPT_NEW),
                                                Optional.of(Duration.ofMillis(500)),
                                                Optional.empty())
                                        .reading("/dev/null"),
                                Become.SUDO,
                                "www",
                                Pace.USUAL),
                        RemoteOptions.BecomeAnswer.ASKED,
                        FleetView.Output.JSON,
                        Verbosity.VERBOSE),
                options);
    }

    @Test
    void theEnvironmentAnswersWhereTheCommandLineIsSilent() {
        Map<String, String> environment =
                Map.of("MGMT_FORKS", "3", "MGMT_CONVERGED_TIMEOUT", "9", "MGMT_NO_WATCH", "yes");
        RemoteOptions options = parsed(environment, "h.yaml", "--forks", "5");

        assertEquals(5, options.fleet().forks());
        assertEquals(Optional.of(Duration.ofSeconds(9)), options.fleet().convergedTimeout());
        assertEquals(FleetOptions.Edits.IGNORED, options.fleet().edits());
    }

    @ParameterizedTest
    @CsvSource({"true, NOOP", "1, NOOP", "false, APPLY", "'', APPLY"})
    void aFlagOfTheEnvironmentIsUpOrDown(String said, FleetOptions.Plan expected) {
        assertEquals(expected, parsed(Map.of("MGMT_NOOP", said), "h").fleet().plan());
    }

    @Test
    void aFlagThatIsUpTwiceIsNotDown() {
        assertEquals(
                FleetOptions.Plan.NOOP,
                parsed(Map.of("MGMT_NOOP", "true"), "h", "--noop").fleet().plan());
    }

    @Test
    void nonsenseInTheEnvironmentIsRefused() {
        assertRefused("MGMT_NOOP", Map.of("MGMT_NOOP", "maybe"), "h");
        assertRefused("many", Map.of("MGMT_FORKS", "many"), "h");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--forks=0",
                "--forks=x",
                "--port=65536",
                "--port=-1",
                "--timeout=soon",
                "--host-key-policy=off",
                "--output=xml",
                "--identity=/nonexistent/key",
                "--max-fail=1",
                "--fanout=2",
                "--seeds=x",
                "--ssh-config=x",
                "--become-user=a b",
                "-i",
                "--retry-failed"
            })
    void whatMakesNoSenseIsRefused(String option) {
        assertRefused(option.replaceAll("[=].*", ""), Map.of(), "h", option);
    }

    @Test
    void aRunWithoutHostsFilesIsRefused() {
        assertRefused("HOSTS", Map.of());
    }

    private static void assertRefused(
            String mention, Map<String, String> environment, String... args) {
        ParameterException refused =
                assertThrows(ParameterException.class, () -> parsed(environment, args));
        assertTrue(String.valueOf(refused.getMessage()).contains(mention), refused::getMessage);
    }

    private static RemoteOptions parsed(Map<String, String> environment, String... args) {
        return RemoteOptions.of(ParsedArguments.of(new RemoteCommand(), environment, args));
    }
}
