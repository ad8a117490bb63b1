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

/** With real containers in a machine with a real systemd; machinectl is the witness. */
@TestInstance(Lifecycle.PER_CLASS)
class NspawnIT {
    private BootedMachine machine;
    private GraphTester tester;

    @BeforeAll
    void boot() {
        machine = BootedMachine.start();
        BootedMachine.require("/usr/bin/systemd-nspawn", "systemd-container");
        BootedMachine.require("/bin/busybox", "busybox-static");
        machine.output("mkdir", "-p", "/etc/systemd/nspawn");
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

    /** A container with one program, which sleeps. */
    private void container(String name) {
        String directory = "/var/lib/machines/" + name;
        machine.output("mkdir", "-p", directory + "/bin", directory + "/usr/lib");
        machine.output("cp", "/bin/busybox", directory + "/bin/sleep");
        machine.write(directory + "/usr/lib/os-release", "ID=test\n");
        machine.write(
                "/etc/systemd/nspawn/" + name + ".nspawn",
                """
                [Exec]
                Boot=no
                PrivateUsers=no
                Parameters=/bin/sleep 1000
                ResolvConf=off
                Timezone=off
                [Network]
                VirtualEthernet=no
                """);
    }

    private static String nspawn(String fields) {
        return "graph: g\nresources:\n  nspawn:\n  - {" + fields + "}\n";
    }

    private String active(String name) {
        return machine.output("systemctl", "is-active", "systemd-nspawn@" + name + ".service");
    }

    private String known() {
        return machine.output("machinectl", "list", "--no-legend", "--no-pager");
    }

    @Test
    void containerIsStartedKeptAndStopped() {
        container("my-box");
        EngineStatus status = tester.converge(nspawn("name: my-box"));
        assertEquals(List.of(), status.failures());
        assertEquals("active", active("my-box"));
        assertTrue(known().startsWith("my-box container"), this::known);
        machine.output("systemctl", "kill", "-s", "KILL", "systemd-nspawn@my-box.service");
        tester.await("second start", () -> tester.events(EngineEvent.Applied.class).size() == 2);
        assertEquals("active", active("my-box"));
        status = tester.converge(nspawn("name: my-box, state: stopped"));
        assertEquals(List.of(), status.failures());
        tester.await("its end", () -> known().isEmpty());
    }

    @Test
    void containerThatSomebodyStartedWithoutItsUnitRunsAndCanBeStopped() {
        container("stray");
        machine.output("systemd-run", "--unit=by-hand", "systemd-nspawn", "--machine=stray");
        tester.await("the container", () -> known().startsWith("stray"));
        EngineStatus status = tester.converge(nspawn("name: stray"));
        assertEquals(List.of(), status.failures());
        assertEquals(0, status.counts().changed());
        status = tester.converge(nspawn("name: stray, state: stopped"));
        assertEquals(List.of(), status.failures());
        tester.await("its end", () -> known().isEmpty());
    }

    @Test
    void containerThatIsNotThereIsAFailureWithItsLastWords() {
        String reason = tester.converge(nspawn("name: gone")).failures().getFirst().reason();
        assertTrue(reason.startsWith("could not start systemd-nspawn@gone.service"), reason);
    }

    @Test
    void underNoopNothingStarts() {
        container("quiet");
        try (GraphTester noop =
                SystemdGraphs.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), machine.machine())) {
            assertEquals(1, noop.converge(nspawn("name: quiet")).counts().wouldChange());
        }
        assertEquals("inactive", active("quiet"));
    }

    @Test
    void hostWithoutSystemdNspawnSaysSo() {
        machine.output("mv", "/usr/bin/systemd-nspawn", "/usr/bin/hidden");
        try {
            EngineStatus status = tester.converge(nspawn("name: nowhere"));
            String reason = status.failures().getFirst().reason();
            assertTrue(reason.startsWith("this host has no systemd-nspawn"), reason);
            assertEquals(
                    List.of(), tester.converge(nspawn("name: nowhere, state: stopped")).failures());
        } finally {
            machine.output("mv", "/usr/bin/hidden", "/usr/bin/systemd-nspawn");
        }
    }
}
