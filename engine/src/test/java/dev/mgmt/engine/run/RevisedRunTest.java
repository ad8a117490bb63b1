package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineEvent.GraphSwitched;
import dev.mgmt.engine.GraphTester;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An engine whose graph is edited in ways that change nothing but what a resource wants. */
class RevisedRunTest {
    private static String graph(String first, String second) {
        return """
        graph: g
        resources:
          print:
          - name: b
            msg: %s
            meta: {autogroup: false}
          - name: a
            msg: %s
            meta: {autogroup: false}
        edges:
        - print[a] -> print[b]
        """
                .formatted(second, first);
    }

    @Test
    void onlyWhatIsEditedRunsAgain() {
        try (GraphTester tester = GraphTester.open()) {
            tester.converge(graph("a1", "b1"));
            tester.converge(graph("a2", "b1"));
            tester.converge(graph("a2", "b2"));
            tester.converge(graph("a2", "b2"));
            assertEquals(List.of("a1", "b1", "a2", "b2"), lines(tester));
            assertEquals(
                    List.of(
                            new GraphSwitched(1, "g", 2, 0, 0, 0),
                            new GraphSwitched(2, "g", 0, 1, 0, 1),
                            new GraphSwitched(3, "g", 0, 1, 0, 1),
                            new GraphSwitched(4, "g", 0, 0, 0, 2)),
                    tester.events(GraphSwitched.class));
        }
    }

    @Test
    void edgesHoldForWhatIsEdited() {
        try (GraphTester tester = GraphTester.open()) {
            tester.converge(graph("a1", "b1"));
            tester.forgetEvents();
            tester.converge(graph("a2", "b2"));
            assertEquals(List.of("a2", "b2"), lines(tester));
        }
    }

    private static List<String> lines(GraphTester tester) {
        return tester.events(EngineEvent.Output.class).stream()
                .map(EngineEvent.Output::line)
                .toList();
    }
}
