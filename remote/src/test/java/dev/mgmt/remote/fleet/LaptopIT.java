package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of hosts whose laptop is killed or put to sleep. */
class LaptopIT {
    @TempDir private Path directory;
    private LoopbackFleet fleet;
    private Path told;

    @BeforeEach
    void layOut() throws Exception {
        fleet = new LoopbackFleet(directory);
        told = directory.resolve("told");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        fleet.close();
    }

    @Test
    void aKilledLaptopLeavesNothingBehindOnceAgentsHaveLingered() throws Exception {
        Path begun = directory.resolve("begun");
        fleet.host(
                "h1",
                """
                graph: g
                resources:
                  file:
                  - {name: f, path: %1$s/held, content: x, state: exists}
                  exec:
                  - {name: e, shell: /bin/sh, cmd: 'sleep 300 & touch %2$s; sleep 300'}
                """
                        .formatted(directory, begun));
        Process laptop = fleet.laptop("watch", Duration.ofSeconds(6), told);
        // The two run side by side: either may come first.
        Processes.awaitFile(begun);
        Processes.awaitFile(directory.resolve("held"));
        ProcessHandle agent = Processes.agent(fleet.cache("h1"));
        List<ProcessHandle> children = agent.descendants().toList();
        assertTrue(children.size() >= 2, children::toString);

        laptop.destroyForcibly();
        laptop.waitFor();

        Files.delete(directory.resolve("held"));
        Processes.awaitFile(directory.resolve("held"));
        Processes.awaitEnd(agent);
        children.forEach(Processes::awaitEnd);
        assertEquals(List.of(), Processes.agents(fleet.cache("h1")));
    }

    @Test
    void aLaptopThatSleptGetsItsHostsBackAndCountsItsSleepForNothing() throws Exception {
        for (String host : List.of("h1", "h2")) {
            fleet.host(host, "graph: g\n");
        }
        Process laptop = fleet.laptop("4000", Duration.ofSeconds(60), told);
        Processes.awaitLine(told, "AtRest");
        List<ProcessHandle> agents = List.of(agent("h1"), agent("h2"));

        Processes.signal("STOP", laptop.toHandle());
        // Longer than it takes agents to notice.
        Thread.sleep(20_000);
        agents.forEach(it -> assertTrue(it.isAlive(), "it does not linger"));
        Processes.signal("CONT", laptop.toHandle());

        assertTrue(laptop.waitFor(50, TimeUnit.SECONDS), () -> Processes.text(told));
        String all = Processes.text(told);
        assertTrue(all.contains("end=AT_REST"), all);
        assertEquals(2, all.split("Converged\\[host=", -1).length - 1, all);
        for (String host : List.of("h1", "h2")) {
            assertTrue(all.contains("Entered[host=" + host + ", stage=RECONNECTING]"), all);
        }
        agents.forEach(Processes::awaitEnd);
    }

    private ProcessHandle agent(String host) throws Exception {
        return Processes.agent(fleet.cache(host));
    }
}
