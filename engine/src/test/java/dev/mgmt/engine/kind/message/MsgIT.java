package dev.mgmt.engine.kind.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineEvent.Stream;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.kind.exec.ExecKinds;
import dev.mgmt.engine.kind.systemd.BootedMachine;
import dev.mgmt.engine.os.Machine;
import dev.mgmt.engine.os.StateDirectory;
import dev.mgmt.engine.world.MemoryWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** With a real journal, which keeps what is sent to syslog too. */
@TestInstance(Lifecycle.PER_CLASS)
class MsgIT {
    private BootedMachine machine;

    @BeforeAll
    void boot() {
        machine = BootedMachine.start();
    }

    @AfterAll
    void halt() {
        machine.close();
    }

    private static GraphTester open(Machine machine, EngineOptions options) {
        MemoryWorld store = new MemoryWorld();
        HostTools tools =
                new HostTools(options.host(), store.connect(), StateDirectory.temporary());
        DriverRegistry registry = new DriverRegistry(tools::close);
        new MessageKinds(machine).kinds().forEach(kind -> registry.add(kind, tools));
        new ExecKinds().kinds().forEach(kind -> registry.add(kind, tools));
        return GraphTester.open(options, store, registry);
    }

    private GraphTester open() {
        return open(machine.machine(), EngineOptions.of("h1"));
    }

    private static String msg(String fields) {
        return "graph: g\nresources:\n  msg:\n  - {name: m, " + fields + "}\n";
    }

    private String journal(String... match) {
        machine.output("journalctl", "--sync");
        String[] line = new String[match.length + 5];
        System.arraycopy(match, 0, line, 5, match.length);
        line[0] = "journalctl";
        line[1] = "--no-pager";
        line[2] = "--quiet";
        line[3] = "--output=json";
        line[4] = "--output-fields=MESSAGE,PRIORITY,COLOUR,SYSLOG_IDENTIFIER";
        return machine.output(line);
    }

    private static List<String> log(GraphTester tester) {
        return tester.events(EngineEvent.Output.class).stream()
                .map(EngineEvent.Output::line)
                .toList();
    }

    @Test
    void bodyIsSaidOnceAndAgainWhenItIsRefreshed() {
        try (GraphTester tester = open()) {
            tester.converge(msg("body: hello"));
            tester.converge(msg("body: hello").replace("graph: g", "graph: other"));
            assertEquals(List.of("hello"), log(tester));
            tester.converge(
                    """
                    graph: g
                    resources:
                      exec: [{name: 'true'}]
                      msg: [{name: m, body: hello}]
                    edges:
                    - exec[true] ~> msg[m]
                    """);
            assertEquals(List.of("hello", "hello"), log(tester));
        }
    }

    @Test
    void priorityIsShownAndWhatIsGraveGoesToStderr() {
        try (GraphTester tester = open()) {
            tester.converge(msg("body: \"one\\ntwo\", priority: Crit"));
            tester.converge(msg("body: three, priority: Debug"));
            assertEquals(List.of("Crit: one", "Crit: two", "Debug: three"), log(tester));
            assertEquals(
                    List.of(Stream.STDERR, Stream.STDERR, Stream.STDOUT),
                    tester.events(EngineEvent.Output.class).stream()
                            .map(EngineEvent.Output::stream)
                            .toList());
        }
    }

    @Test
    void journalGetsTheBodyThePriorityAndTheFields() {
        try (GraphTester tester = open()) {
            EngineStatus status =
                    tester.converge(
                            msg(
                                    "body: \"to the\\njournal\", priority: Warning, journal: true,"
                                            + " fields: {colour: 'deep blue', shape_2: x=y}"));
            assertEquals(List.of(), status.failures());
            assertEquals(1, status.counts().changed());
        }
        String entry = journal("SHAPE_2=x=y");
        assertEquals(1, entry.lines().count(), entry);
        assertTrue(entry.contains("\"MESSAGE\":\"to the\\njournal\""), entry);
        assertTrue(entry.contains("\"PRIORITY\":\"4\""), entry);
        assertTrue(entry.contains("\"COLOUR\":\"deep blue\""), entry);
        assertTrue(entry.contains("\"SYSLOG_IDENTIFIER\":\"mgmt\""), entry);
    }

    @Test
    void syslogGetsTheBodyAndThePriority() {
        try (GraphTester tester = open()) {
            EngineStatus status =
                    tester.converge(msg("body: to syslog, priority: Err, syslog: true"));
            assertEquals(List.of(), status.failures());
        }
        String entry = journal("_TRANSPORT=syslog", "SYSLOG_IDENTIFIER=mgmt");
        assertTrue(entry.contains("\"MESSAGE\":\"to syslog\""), entry);
        assertTrue(entry.contains("\"PRIORITY\":\"3\""), entry);
    }

    @Test
    void underNoopNothingIsSent() {
        try (GraphTester tester =
                open(machine.machine(), EngineOptions.of("h1").with(Enforcement.CHECK_ONLY))) {
            EngineStatus status =
                    tester.converge(msg("body: b, journal: true, fields: {never: sent}"));
            assertEquals(1, status.counts().wouldChange());
        }
        assertEquals("", journal("NEVER=sent"));
    }

    @Test
    void hostWithoutAJournalOrSyslogSaysSo(@TempDir Path root) {
        try (GraphTester tester = open(new Machine(root, List.of()), EngineOptions.of("h1"))) {
            EngineStatus status = tester.converge(msg("body: b, journal: true"));
            assertEquals(
                    "cannot write to the journal: there is no /run/systemd/journal/socket on this"
                            + " host (systemd-journald does not run here)",
                    status.failures().getFirst().reason());
            status = tester.converge(msg("body: b, syslog: true"));
            assertEquals(
                    "cannot write to syslog: there is no /dev/log on this host (no daemon listens"
                            + " there)",
                    status.failures().getFirst().reason());
        }
    }
}
