package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Failure;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.resource.ResourceId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands that take longer than they may. */
class TimeoutIT {
    @Test
    void commandThatTakesTooLongIsKilledWithAllItStarted() {
        try (GraphTester tester = GraphTester.open()) {
            EngineStatus status =
                    tester.converge(
                            """
                            graph: g
                            resources:
                              exec:
                              - name: slow
                                shell: /bin/sh
                                cmd: sleep 1000 & echo $$ $!; wait
                                meta: {timeout: 3000, retry: 1, delay: 10, backoff: 2}
                            """);
            assertEquals(
                    List.of(
                            new Failure(
                                    new ResourceId("exec", "slow"),
                                    "took longer than its timeout of 3 s")),
                    status.failures());
            assertEquals(1, tester.events(EngineEvent.Retrying.class).size());
            List<Long> started =
                    tester.events(EngineEvent.Output.class).stream()
                            .flatMap(output -> Stream.of(output.line().split(" ", -1)))
                            .map(Long::valueOf)
                            .toList();
            assertEquals(4, started.size(), "two tries, each with a shell and what it started");
            tester.await(
                    "no process left",
                    () -> started.stream().allMatch(pid -> ProcessHandle.of(pid).isEmpty()));
        }
    }
}
