package dev.mgmt.engine.kind.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * With a real systemd and its unit systemd-nspawn@, whose command is played by a script: it
 * registers with no kernel feature that a machine within a machine may lack.
 */
@TestInstance(Lifecycle.PER_CLASS)
class NspawnIT {
    private BootedMachine machine;
    private GraphTester tester;

    @BeforeAll
    void boot() {
        machine = BootedMachine.start();
        machine.unit(
                "systemd-nspawn@.service",
                "[Service]\nExecStart=/usr/bin/systemd-nspawn --machine=%i\n");
    }

    @AfterAll
    void halt() {
        machine.close();
    }

    @BeforeEach
    void open() {
        tester = SystemdGraphs.open(EngineOptions.of("h1"), machine.machine());
    }

    @AfterEach
    void close() {
        tester.close();
    }

    private void install() {
        machine.write("/usr/bin/systemd-nspawn", "#!/bin/sh\nexec sleep 1000\n");
        machine.output("chmod", "755", "/usr/bin/systemd-nspawn");
    }

    private static String nspawn(String fields) {
        return "graph: g\nresources:\n  nspawn:\n  - {" + fields + "}\n";
    }

    private String active(String name) {
        return machine.output("systemctl", "is-active", "systemd-nspawn@" + name + ".service");
    }

    @Test
    void containerIsStartedKeptAndStopped() {
        install();
        EngineStatus status = tester.converge(nspawn("name: my-box"));
        assertEquals(List.of(), status.failures());
        assertEquals("active", active("my-box"));
        machine.output("systemctl", "kill", "-s", "KILL", "systemd-nspawn@my-box.service");
        tester.await("second start", () -> tester.events(EngineEvent.Applied.class).size() == 2);
        assertEquals("active", active("my-box"));
        tester.converge(nspawn("name: my-box, state: stopped"));
        assertEquals("inactive", active("my-box"));
    }

    @Test
    void underNoopNothingStarts() {
        install();
        try (GraphTester noop =
                SystemdGraphs.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), machine.machine())) {
            assertEquals(1, noop.converge(nspawn("name: quiet")).counts().wouldChange());
        }
        assertEquals("inactive", active("quiet"));
    }

    @Test
    void hostWithoutSystemdNspawnSaysSo() {
        machine.output("rm", "-f", "/usr/bin/systemd-nspawn");
        EngineStatus status = tester.converge(nspawn("name: nowhere"));
        String reason = status.failures().getFirst().reason();
        assertTrue(reason.startsWith("this host has no systemd-nspawn"), reason);
        assertEquals(
                List.of(), tester.converge(nspawn("name: nowhere, state: stopped")).failures());
    }
}
