package dev.mgmt.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.cli.view.Verbosity;
import dev.mgmt.remote.fleet.FleetOptions.Edits;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import dev.mgmt.remote.local.Seed;
import dev.mgmt.remote.local.Seed.Account;
import dev.mgmt.remote.local.Seed.Scheme;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class RunOptionsTest {
    @Test
    void everyOptionArrivesWhereItBelongs() {
        assertEquals(
                new RunOptions(
                        "g.yaml",
                        "h1",
                        new EndOptions(
                                Optional.of(Duration.ZERO),
                                Optional.of(Duration.ofSeconds(90)),
                                EndOptions.ExitHabit.ALWAYS_ZERO),
                        Plan.NOOP,
                        Edits.IGNORED,
                        OptionalInt.of(4),
                        new StoreOptions(
                                List.of(
                                        new Seed(Scheme.HTTP, "127.0.0.1", 2379, Optional.empty()),
                                        new Seed(
                                                Scheme.HTTPS,
                                                "etcd.example",
                                                2479,
                                                Optional.of(new Account("me", "pass:word")))),
                                Optional.of(Path.of("ca.pem")),
                                List.of(
                                        new InetSocketAddress(
                                                InetAddress.ofLiteral("127.0.0.1"), 2379),
                                        new InetSocketAddress(InetAddress.ofLiteral("::1"), 2380)),
                                Optional.empty()),
                        new StateOptions.Kept(Path.of("/tmp/state")),
                        new Outlets(
                                Optional.of(
                                        new Outlets.Picture(
                                                Path.of("g.dot").toAbsolutePath(), "neato", "h1")),
                                Optional.of(loopback(9999))),
                        Verbosity.VERBOSE,
                        List.of()),
                parsed(
                        "g.yaml",
                        "--hostname=h1",
                        "-t",
                        "0",
                        "--max-runtime=90",
                        "--noop",
                        "--no-watch",
                        "--sema=4",
                        "--seeds=http://127.0.0.1,https://me:pass:word@etcd.example:2479",
                        "--seeds-ca=ca.pem",
                        "--client-urls=http://127.0.0.1:2379,http://[::1]:2380",
                        "--prefix=/tmp/state",
                        "-g",
                        "g.dot",
                        "--graphviz-filter=neato",
                        "--prometheus-listen=127.0.0.1:9999",
                        "--compat-exit",
                        "-v"));
    }

    @Test
    void oldScriptsAreUnderstood() {
        RunOptions options =
                parsed(
                        "--yaml",
                        "g.yaml",
                        "--tmp-prefix",
                        "--no-pgp",
                        "--no-config-watch",
                        "--converged-timeout=-1",
                        "--max-runtime=0",
                        "--sema=-1",
                        "--prometheus",
                        "--server-urls=http://127.0.0.1:2380",
                        "--prefix",
                        "/tmp/x");

        assertEquals("g.yaml", options.graph());
        assertEquals(Edits.IGNORED, options.edits());
        assertEquals(
                new EndOptions(Optional.empty(), Optional.empty(), EndOptions.ExitHabit.TELL),
                options.ending());
        assertEquals(OptionalInt.empty(), options.vertexLimit());
        assertEquals(new StateOptions.Forgotten(), options.state());
        assertEquals(Optional.of(loopback(9233)), options.outlets().metrics());
        assertEquals(List.of("--server-urls", "--no-pgp"), options.legacy());
        assertEquals("g.yaml", parsed("--file", "g.yaml").graph());
        assertEquals("g.yaml", parsed("--yaml2", "g.yaml").graph());
    }

    @Test
    void everyOptionOfOldIsTaken() {
        for (String option :
                List.of(
                        "--peer-urls=x",
                        "--advertise-client-urls=x",
                        "--advertise-server-urls=x",
                        "--advertise-peer-urls=x",
                        "--ideal-cluster-size=3",
                        "--pgp-key-path=x",
                        "--pgp-identity=x",
                        "--cconns=1",
                        "--ssh-priv-id-rsa=x",
                        "--depth=1",
                        "--puppet-conf=x",
                        "--allow-interactive",
                        "--no-caching",
                        "--no-server",
                        "--no-stream-watch")) {
            assertEquals(List.of(option.replaceAll("=.*", "")), parsed("g.yaml", option).legacy());
        }
    }

    @Test
    void shortNamesOfOldAreUnderstood() {
        RunOptions options =
                parsed(
                        "g.yaml",
                        "-s",
                        "http://127.0.0.1:2379",
                        "-g",
                        "x",
                        "-gf",
                        "circo",
                        "-t",
                        "5");
        assertEquals(1, options.store().seeds().size());
        assertEquals("circo", options.outlets().picture().orElseThrow().filter());
        assertEquals(Optional.of(Duration.ofSeconds(5)), options.ending().convergedTimeout());
    }

    @Test
    void theFirstOfAFleetIsWhereOldScriptsLookForIt() {
        Optional<InetSocketAddress> usual = Optional.of(loopback(2379));
        assertEquals(usual, parsed("g.yaml", "--hostname=h1").store().usualDoor());
        assertEquals(usual, parsed("g.yaml", "--ideal-cluster-size=3").store().usualDoor());
        assertEquals(Optional.empty(), parsed("g.yaml").store().usualDoor());
        for (String said :
                List.of("--seeds=http://127.0.0.1:2379", "--client-urls=http://127.0.0.1:2381")) {
            assertEquals(
                    Optional.empty(), parsed("g.yaml", "--hostname=h1", said).store().usualDoor());
        }
    }

    @Test
    void optionsOfOldThatCannotBeHadSayWhatToDoInstead() {
        ParameterException refused =
                assertThrows(ParameterException.class, () -> parsed("--remote", "g.yaml"));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("mgmt remote FILE"),
                refused::getMessage);
        assertThrows(ParameterException.class, () -> parsed("g.yaml", "--hcl=x"));
    }

    @Test
    void variablesOfTheEnvironmentSayTheSame() {
        Map<String, String> environment =
                Map.of(
                        "HOME", "/home/u",
                        "MGMT_SEEDS", "http://127.0.0.1:2379",
                        "MGMT_CLIENT_URLS", "http://127.0.0.1:2381",
                        "MGMT_CONVERGED_TIMEOUT", "5",
                        "MGMT_MAX_RUNTIME", "60",
                        "MGMT_PREFIX", "/tmp/p",
                        "MGMT_PROMETHEUS", "true",
                        "MGMT_COMPAT_EXIT", "1",
                        "MGMT_LOG_LEVEL", "debug");
        RunOptions options =
                RunOptions.of(
                        ParsedArguments.of(new RunCommand(), environment, "g.yaml"), environment);
        assertEquals(1, options.store().seeds().size());
        assertEquals(1, options.store().doors().size());
        assertEquals(
                new EndOptions(
                        Optional.of(Duration.ofSeconds(5)),
                        Optional.of(Duration.ofMinutes(1)),
                        EndOptions.ExitHabit.ALWAYS_ZERO),
                options.ending());
        assertEquals(new StateOptions.Kept(Path.of("/tmp/p")), options.state());
        assertTrue(options.outlets().metrics().isPresent());
        assertEquals(Verbosity.DEBUG, options.verbosity());
    }

    @Test
    void stateHasAFolderOfItsOwnForEachName() {
        assertEquals(
                Optional.of(Path.of("/tmp/p/h1")),
                parsed("g.yaml", "--prefix=/tmp/p").state().directory("h1"));
        assertEquals(Optional.empty(), parsed("g.yaml", "--tmp-prefix").state().directory("h1"));
        assertEquals(
                new StateOptions.Forgotten(),
                parsed("g.yaml", "--prefix=/proc/none", "--allow-tmp-prefix").state());
    }

    @Test
    void aPasswordInAWrongUrlIsNotRepeated() {
        ParameterException refused =
                assertThrows(
                        ParameterException.class,
                        () -> parsed("g.yaml", "--seeds=ftp://me:secret@host"));
        assertTrue(!String.valueOf(refused.getMessage()).contains("secret"), refused::getMessage);
    }

    @Test
    void thisMachineHasANameWithoutBeingTold() {
        assertTrue(!parsed("g.yaml").host().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1:2379",
                "http://0.0.0.0:2379",
                "http://example.net:2379",
                "http://[::]:2379"
            })
    void theStoreIsNotOpenedToOtherMachines(String url) {
        ParameterException refused =
                assertThrows(
                        ParameterException.class, () -> parsed("g.yaml", "--client-urls=" + url));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("not on loopback"),
                refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--client-urls=https://127.0.0.1:2379",
                "--client-urls=127.0.0.1:2379",
                "--client-urls=http://127.0.0.1",
                "--client-urls=http://1.2.3.4.5:2379",
                "--client-urls=http://127.0.0.1:x y",
                "--hostname=a/b",
                "--sema=0",
                "--seeds=127.0.0.1:2379",
                "--seeds=http://127.0.0.1:2379/path",
                "--seeds=http://me@127.0.0.1:2379",
                "--yaml=other.yaml",
                "--graphviz-filter=paint",
                "--prometheus-listen=nine",
                "--prometheus-listen=127.0.0.1:99999",
                "--log-level=loud"
            })
    void whatMakesNoSenseIsRefused(String option) {
        assertThrows(ParameterException.class, () -> parsed("g.yaml", option));
    }

    @Test
    void aRunWithoutAGraphIsRefused() {
        assertThrows(ParameterException.class, () -> parsed("--noop"));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private static RunOptions parsed(String... args) {
        return RunOptions.of(
                ParsedArguments.of(new RunCommand(), Map.of(), args), Map.of("HOME", "/home/u"));
    }
}
