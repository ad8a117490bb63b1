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

/** With a real systemd-hostnamed; hostnamectl and the files are the witnesses. */
@TestInstance(Lifecycle.PER_CLASS)
class HostnameIT {
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
        machine.output("hostnamectl", "set-hostname", "before");
        tester = SystemdGraphs.open(EngineOptions.of("h1"), machine.machine());
    }

    @AfterEach
    void close() {
        tester.close();
    }

    private static String hostname(String fields) {
        return "graph: g\nresources:\n  hostname:\n  - {" + fields + "}\n";
    }

    private void good(String fields) {
        EngineStatus status = tester.converge(hostname(fields));
        assertEquals(List.of(), status.failures());
    }

    private String names() {
        return machine.output("hostnamectl", "--pretty")
                + "|"
                + machine.output("cat", "/etc/hostname")
                + "|"
                + machine.output("uname", "-n");
    }

    private List<String> applied() {
        return tester.events(EngineEvent.Applied.class).stream()
                .map(event -> event.property() + ": " + event.detail())
                .toList();
    }

    @Test
    void nameOfTheResourceIsAllNames() {
        good("name: web1.example.com");
        assertEquals("web1.example.com|web1.example.com|web1.example.com", names());
        good("name: web1.example.com, hostname: web1.example.com");
        assertEquals(
                List.of(
                        "pretty_hostname: none → web1.example.com",
                        "static_hostname: before → web1.example.com"),
                applied());
    }

    @Test
    void eachNameCanBeSetAndOthersAreLeftAlone() {
        good("name: x, pretty_hostname: \"Anna's Büro\"");
        assertEquals("Anna's Büro|before|before", names());
        good("name: x, hostname: web2, pretty_hostname: The Second");
        assertEquals("The Second|web2|web2", names());
        good("name: x, static_hostname: web3, transient_hostname: web3");
        assertEquals("The Second|web3|web3", names());
    }

    @Test
    void changeByHandIsUndone() {
        good("name: web4");
        machine.output("hostnamectl", "set-hostname", "stray");
        tester.await("the name again", () -> names().equals("web4|web4|web4"));
        machine.write("/etc/hostname", "stray\n");
        tester.await("the file again", () -> machine.output("cat", "/etc/hostname").equals("web4"));
    }

    @Test
    void transientNameThatTheStaticOneOverridesIsAnError() {
        EngineStatus status =
                tester.converge(hostname("name: x, static_hostname: a, transient_hostname: b"));
        String reason = status.failures().getFirst().reason();
        assertTrue(reason.contains("the transient name stays `a`"), reason);
    }

    @Test
    void underNoopNoNameChanges() {
        try (GraphTester noop =
                SystemdGraphs.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), machine.machine())) {
            assertEquals(1, noop.converge(hostname("name: web5")).counts().wouldChange());
        }
        assertTrue(names().endsWith("|before|before"), names());
    }
}
