package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchReportTest {
    private static final Ticket VERTEX = new Ticket(1, new ResourceId("exec", "e"));

    private final List<Input> inputs = new ArrayList<>();
    private final WatchReport report = new WatchReport(VERTEX, inputs::add);

    @Test
    void aWatchThatEndsWhileItIsMadeStartsFirst() {
        report.changed();
        report.ended("exit code 5");
        assertEquals(List.of(), inputs);
        report.started();
        assertEquals(
                List.of(
                        new Input.WatchStarted(VERTEX),
                        new Input.Disturbed(VERTEX),
                        new Input.WatchEnded(VERTEX, "exit code 5")),
                inputs);
    }

    @Test
    void oneChangeAtATimeWaitsToBeTakenIn() {
        report.started();
        for (int i = 0; i < 1000; i++) {
            report.changed();
        }
        assertEquals(List.of(new Input.WatchStarted(VERTEX), new Input.Disturbed(VERTEX)), inputs);
        report.taken();
        report.changed();
        assertEquals(3, inputs.size());
    }

    @Test
    void afterThatEverythingIsToldAtOnce() {
        report.started();
        report.changed();
        report.taken();
        report.changed();
        report.ended("gone");
        assertEquals(
                List.of(
                        new Input.WatchStarted(VERTEX),
                        new Input.Disturbed(VERTEX),
                        new Input.Disturbed(VERTEX),
                        new Input.WatchEnded(VERTEX, "gone")),
                inputs);
    }
}
