package dev.mgmt.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.cli.view.Verbosity;
import dev.mgmt.remote.fleet.FleetOptions.Edits;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
                        Optional.of(Duration.ZERO),
                        Plan.NOOP,
                        Edits.IGNORED,
                        OptionalInt.of(4),
                        List.of(
                                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 2379),
                                new InetSocketAddress(InetAddress.ofLiteral("::1"), 2380)),
                        RunOptions.ExitHabit.ALWAYS_ZERO,
                        Verbosity.VERBOSE,
                        List.of()),
                parsed(
                        "g.yaml",
                        "--hostname=h1",
                        "--converged-timeout=0",
                        "--noop",
                        "--no-watch",
                        "--sema=4",
                        "--client-urls=http://127.0.0.1:2379,http://[::1]:2380",
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
                        "--server-urls=http://127.0.0.1:2380",
                        "--prefix",
                        "/tmp/x");

        assertEquals("g.yaml", options.graph());
        assertEquals(Edits.IGNORED, options.edits());
        assertEquals(Optional.empty(), options.convergedTimeout());
        assertEquals(
                List.of("--prefix", "--server-urls", "--tmp-prefix", "--no-pgp"), options.legacy());
        assertEquals("g.yaml", parsed("--file", "g.yaml").graph());
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
                "--seeds=http://127.0.0.1:2379",
                "--yaml=other.yaml",
                "--graphviz=x"
            })
    void whatMakesNoSenseIsRefused(String option) {
        assertThrows(ParameterException.class, () -> parsed("g.yaml", option));
    }

    @Test
    void aRunWithoutAGraphIsRefused() {
        assertThrows(ParameterException.class, () -> parsed("--noop"));
    }

    private static RunOptions parsed(String... args) {
        return RunOptions.of(ParsedArguments.of(new RunCommand(), Map.of(), args));
    }
}
