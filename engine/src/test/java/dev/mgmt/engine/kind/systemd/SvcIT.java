package dev.mgmt.engine.kind.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** With a real systemd, whose own tools are the witness. */
@TestInstance(Lifecycle.PER_CLASS)
class SvcIT {
    private static final String INSTALL = "\n[Install]\nWantedBy=multi-user.target\n";

    private BootedMachine machine;
    private GraphTester tester;

    @BeforeAll
    void boot() {
        machine = BootedMachine.start();
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

    private static String svc(String name, String fields) {
        return "graph: g\nresources:\n  svc:\n  - {name: " + name + ", " + fields + "}\n";
    }

    private EngineStatus run(String name, String fields) {
        return tester.converge(svc(name, fields));
    }

    private String active(String unit) {
        return machine.output("systemctl", "is-active", unit);
    }

    private String enabled(String unit) {
        return machine.output("systemctl", "is-enabled", unit);
    }

    private void sleeper(String name) {
        machine.unit(name + ".service", "[Service]\nExecStart=/bin/sleep 1000\n" + INSTALL);
    }

    private static void assertGood(EngineStatus status) {
        assertEquals(List.of(), status.failures(), status.toString());
    }

    private String failure(String name, String fields) {
        return run(name, fields).failures().getFirst().reason();
    }

    private List<String> applied() {
        return tester.events(EngineEvent.Applied.class).stream()
                .map(event -> event.property() + ": " + event.detail())
                .toList();
    }

    @Test
    void unitIsStartedAndStopped() {
        sleeper("a");
        assertGood(run("a", "state: running"));
        assertEquals("active", active("a.service"));
        assertGood(run("a.service", "state: stopped"));
        assertEquals("inactive", active("a.service"));
        assertEquals(List.of("state: stopped → running", "state: running → stopped"), applied());
    }

    @Test
    void unitIsEnabledAndDisabledWithoutBeingStarted() {
        sleeper("b");
        assertGood(run("b", "startup: enabled"));
        assertEquals("enabled", enabled("b.service"));
        assertEquals("inactive", active("b.service"));
        assertGood(run("b", "startup: disabled"));
        assertEquals("disabled", enabled("b.service"));
        assertEquals(
                List.of("startup: disabled → enabled", "startup: enabled → disabled"), applied());
    }

    @Test
    void unitThatLeavesTheGraphIsUndoneIfThatIsAskedFor() {
        sleeper("w");
        assertGood(run("w", "state: running, startup: enabled, meta: {reverse: true}"));
        assertGood(tester.converge("graph: g\nresources: {}\n"));
        tester.await("the end", () -> active("w.service").equals("inactive"));
        assertEquals("disabled", enabled("w.service"));
    }

    @Test
    void whatIsAsWantedIsLeftAlone() {
        sleeper("c");
        machine.output("systemctl", "enable", "--now", "c.service");
        String before = machine.output("systemctl", "show", "-P", "InvocationID", "c.service");
        EngineStatus status = run("c", "state: running, startup: enabled");
        assertGood(status);
        assertEquals(0, status.counts().changed());
        assertEquals(
                before, machine.output("systemctl", "show", "-P", "InvocationID", "c.service"));
    }

    @Test
    void unitThatIsKilledComesBack() {
        sleeper("d");
        run("d", "state: running");
        machine.output("systemctl", "kill", "-s", "KILL", "d.service");
        tester.await("second start", () -> applied().size() == 2);
        assertEquals("state: failed → running", applied().getLast());
        tester.awaitIdle();
        assertEquals("active", active("d.service"));
    }

    @Test
    void unitThatIsStoppedByHandComesBackAndOneThatIsStartedStops() {
        sleeper("e");
        run("e", "state: running");
        machine.output("systemctl", "stop", "e.service");
        tester.await("second start", () -> applied().size() == 2);
        assertGood(run("e", "state: stopped"));
        machine.output("systemctl", "start", "e.service");
        tester.await("second stop", () -> applied().size() == 4);
        tester.await("stopped", () -> active("e.service").equals("inactive"));
    }

    @Test
    void unitThatIsDisabledByHandIsEnabledAgain() {
        sleeper("f");
        run("f", "startup: enabled");
        machine.output("systemctl", "disable", "f.service");
        tester.await("second time", () -> applied().size() == 2);
        tester.awaitIdle();
        assertEquals("enabled", enabled("f.service"));
    }

    @Test
    void failedStartTellsTheResultAndTheLastWordsInTheJournal() {
        machine.unit(
                "g.service",
                "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo no such database; exit 7'\n");
        String reason = failure("g", "state: running");
        assertTrue(
                reason.startsWith(
                        "could not start g.service: the job ended with `failed`"
                                + " (Result=exit-code, exit code 7): "),
                reason);
        assertTrue(reason.contains("no such database"), reason);
        assertTrue(reason.contains("systemctl status g.service"), reason);
    }

    @Test
    void unitThatEndsByItselfCannotBeKeptRunning() {
        machine.unit("h.service", "[Service]\nType=oneshot\nExecStart=/bin/true\n");
        String reason = failure("h", "state: running");
        assertTrue(reason.contains("ends by itself"), reason);
    }

    @Test
    void unitThatIsNotThereIsAnErrorOnlyWhereItIsNeeded() {
        assertTrue(failure("nowhere", "state: running").contains("no unit nowhere.service"));
        assertGood(run("nowhere", "state: stopped, startup: disabled"));
        assertTrue(failure("nowhere", "startup: enabled").contains("no unit nowhere.service"));
    }

    @Test
    void maskedStaticAndBrokenUnitsAreErrorsThatSaySo() {
        machine.output("ln", "-s", "/dev/null", "/etc/systemd/system/i.service");
        machine.unit("j.service", "[Service]\nExecStart=/bin/sleep 1000\n");
        machine.unit("k.service", "[Service]\nRestart=no\n");
        assertTrue(failure("i", "state: running").contains("is masked"));
        assertTrue(failure("i", "startup: enabled").contains("is masked"));
        assertGood(run("i", "state: stopped, startup: disabled"));
        assertTrue(failure("j", "startup: enabled").contains("no section [Install]"));
        assertTrue(failure("k", "state: running").contains("cannot be used"));
    }

    @Test
    void changedUnitFileIsReadAnewWithoutARestart() {
        machine.unit("l.service", "[Service]\nExecStart=/bin/sleep 1001\n");
        run("l", "state: running");
        machine.write("/etc/systemd/system/l.service", "[Service]\nExecStart=/bin/sleep 1002\n");
        machine.output("touch", "-d", "+1 hour", "/etc/systemd/system/l.service");
        String before = machine.output("systemctl", "show", "-P", "MainPID", "l.service");
        assertGood(run("l", "state: running, startup: disabled"));
        assertTrue(
                machine.output("systemctl", "show", "-P", "ExecStart", "l.service")
                        .contains("sleep 1002"));
        assertEquals("unit file: changed → read anew", applied().getLast());
        assertEquals(before, machine.output("systemctl", "show", "-P", "MainPID", "l.service"));
    }

    @Test
    void unitFileOfTheSameGraphComesFirstAndItsChangeRefreshes() {
        String file = machine.root() + "/etc/systemd/system/m.service";
        String graph =
                """
                graph: g
                resources:
                  file:
                  - {name: %s, content: "[Service]\\nExecStart=/bin/sleep %d\\n"}
                  svc:
                  - {name: m, state: running}
                edges:
                - file[%s] ~> svc[m]
                """;
        assertGood(tester.converge(graph.formatted(file, 1003, file)));
        assertEquals("active", active("m.service"));
        assertGood(tester.converge(graph.formatted(file, 1004, file)));
        assertTrue(
                machine.output(
                                "sh",
                                "-c",
                                "cat /sys/fs/cgroup/system.slice/m.service/cgroup.procs"
                                        + " | xargs -I% cat /proc/%/cmdline | tr '\\0' ' '")
                        .contains("sleep 1004"));
    }

    @Test
    void refreshReloadsWhatCanReloadAndRestartsTheRest() {
        machine.unit(
                "n.service",
                "[Service]\nExecStart=/bin/sleep 1000\nExecReload=/bin/touch /tmp/n-reloaded\n");
        sleeper("o");
        sleeper("p");
        machine.output("systemctl", "start", "n.service", "o.service");
        String n = machine.output("systemctl", "show", "-P", "MainPID", "n.service");
        String o = machine.output("systemctl", "show", "-P", "MainPID", "o.service");
        assertGood(
                tester.converge(
                        """
                        graph: g
                        resources:
                          exec: [{name: 'true'}]
                          svc: [{name: n, state: running}, {name: o}, {name: p}]
                        edges:
                        - exec[true] ~> svc[n]
                        - exec[true] ~> svc[o]
                        - exec[true] ~> svc[p]
                        """));
        assertTrue(Files.exists(machine.root().resolve("tmp/n-reloaded")));
        assertEquals(n, machine.output("systemctl", "show", "-P", "MainPID", "n.service"));
        assertFalse(o.equals(machine.output("systemctl", "show", "-P", "MainPID", "o.service")));
        assertEquals("inactive", active("p.service"));
    }

    @Test
    void underNoopItOnlyTellsWhatItWouldDo() {
        sleeper("q");
        try (GraphTester noop =
                SystemdGraphs.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), machine.machine())) {
            EngineStatus status = noop.converge(svc("q", "state: running, startup: enabled"));
            assertEquals(1, status.counts().wouldChange());
            assertEquals(
                    List.of("startup disabled → enabled", "state stopped → running"),
                    noop.events(EngineEvent.WouldApply.class).stream()
                            .map(event -> event.property() + " " + event.detail())
                            .toList());
            status = noop.converge(svc("to-be-installed", "state: running"));
            assertEquals(1, status.counts().wouldChange());
        }
        assertEquals("inactive", active("q.service"));
        assertEquals("disabled", enabled("q.service"));
    }

    @Test
    void aliasStandsForTheUnitAndOtherTypesOfUnitsWorkToo() {
        machine.unit(
                "r.service",
                "[Service]\nExecStart=/bin/sleep 1000\n[Install]\nAlias=r-alias.service\n");
        machine.output("systemctl", "enable", "r.service");
        assertGood(run("r-alias", "state: running, startup: enabled"));
        assertEquals("active", active("r.service"));
        machine.output("systemctl", "stop", "r.service");
        tester.await("second start", () -> applied().size() == 2);
        machine.unit("s.socket", "[Socket]\nListenStream=/run/s.sock\n");
        machine.unit("s@.service", "[Service]\nExecStart=/bin/sleep %i\n");
        machine.output("sed", "-i", "1i[Socket]\\nAccept=yes", "/etc/systemd/system/s.socket");
        assertGood(run("s.socket", "state: running"));
        assertTrue(Files.exists(machine.root().resolve("run/s.sock"), LinkOption.NOFOLLOW_LINKS));
        assertGood(run("s@1005", "state: running"));
        assertEquals("active", active("s@1005.service"));
    }

    @Test
    void watchOutlivesARestartOfTheBus() {
        sleeper("t");
        run("t", "state: running");
        machine.output("systemctl", "restart", "dbus.service");
        for (int starts = 2; starts <= 3; starts++) {
            int expected = starts;
            machine.output("systemctl", "stop", "t.service");
            tester.await("start " + starts, () -> applied().size() == expected);
            tester.awaitIdle();
            assertEquals("active", active("t.service"));
        }
    }

    @Test
    void jobThatTakesLongDoesNotHoldUpTheEnd() {
        machine.unit(
                "u.service",
                "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sleep 8\n");
        tester.submit(svc("u", "state: running"));
        tester.await("start", () -> active("u.service").equals("activating"));
        long start = System.nanoTime();
        tester.close();
        assertTrue(System.nanoTime() - start < 4_000_000_000L);
    }

    /**
     * Systemd wants to know the process at the other end of its own socket, and a test is none that
     * this machine knows: so a relay stands in the socket's place.
     */
    @Test
    void withoutABusDaemonSystemdsOwnSocketDoes() {
        sleeper("v");
        machine.unit("relay.socket", "[Socket]\nListenStream=/run/systemd/private\n");
        machine.unit(
                "relay.service",
                "[Service]\nExecStart=/lib/systemd/systemd-socket-proxyd /run/systemd/own\n");
        machine.output(
                "sh", "-c", "cd /run/systemd && ln private own && systemctl start relay.socket");
        machine.output("systemctl", "stop", "dbus.socket", "dbus.service");
        try {
            assertGood(run("v", "state: running, startup: enabled"));
            assertEquals("active", active("v.service"));
            machine.output("systemctl", "stop", "v.service");
            tester.await("second start", () -> applied().size() == 3);
        } finally {
            machine.output("systemctl", "start", "dbus.socket");
            machine.output(
                    "sh",
                    "-c",
                    "systemctl stop relay.socket; cd /run/systemd && ln -f own private");
        }
    }
}
