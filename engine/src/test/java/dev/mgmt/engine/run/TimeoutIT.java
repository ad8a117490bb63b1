package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Failure;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.resource.ResourceId;
import java.util.List;
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
                                cmd: sleep 1000 & sleep 1000
                                meta: {timeout: 200, retry: 1, delay: 10, backoff: 2}
                            """);
            assertEquals(
                    List.of(
                            new Failure(
                                    new ResourceId("exec", "slow"),
                                    "took longer than its timeout of 200 ms")),
                    status.failures());
            assertEquals(1, tester.events(EngineEvent.Retrying.class).size());
            tester.await(
                    "no process left",
                    () -> ProcessHandle.current().descendants().findAny().isEmpty());
        }
    }
}
