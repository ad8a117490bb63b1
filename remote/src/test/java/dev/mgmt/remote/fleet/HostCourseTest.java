package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.EngineStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostCourseTest {
    private static final Instant START = Instant.EPOCH;
    private final HostCourse course = new HostCourse("h1", START);

    @Test
    void timeIsCountedForEveryStageThatWasEntered() {
        course.enter(Stage.CONNECTING, at(1));
        course.enter(Stage.PROBING, at(3));
        course.enter(Stage.STARTING, at(6));
        course.enter(Stage.ENDED, at(10));

        assertEquals(
                Map.of(
                        Stage.WAITING, Duration.ofSeconds(1),
                        Stage.CONNECTING, Duration.ofSeconds(2),
                        Stage.PROBING, Duration.ofSeconds(3),
                        Stage.STARTING, Duration.ofSeconds(4)),
                course.report().stages());
    }

    @Test
    void newsThatWereOvertakenByTheEndAreNone() {
        course.enter(Stage.ENDING, at(1));
        course.enter(Stage.PROBING, at(2));

        assertEquals(Stage.ENDING, course.stage());
    }

    @Test
    void theFirstFailureCounts() {
        HostFailure first = failure("first");
        course.fail(first);
        course.fail(failure("second"));

        assertEquals(first, assertInstanceOf(HostReport.Lost.class, course.report()).failure());
    }

    @Test
    void whatAHostWasWorthIsDecidedAtTheEndOfTheRunAndNotLater() {
        course.report(status(0, 0));
        course.decide(HostCourse.Rest.AT_REST);
        course.report(status(1, 0));

        assertInstanceOf(HostReport.Converged.class, course.report());
    }

    @Test
    void failedOrBlockedResourcesAreNoConvergence() {
        course.report(status(0, 1));
        course.decide(HostCourse.Rest.AT_REST);

        assertInstanceOf(HostReport.ResourcesFailed.class, course.report());
    }

    @Test
    void aHostThatWasNotAtRestIsUnfinishedWhereItWas() {
        course.enter(Stage.RUNNING, at(1));
        course.report(status(0, 0));
        course.decide(HostCourse.Rest.NOT_AT_REST);
        course.enter(Stage.ENDED, at(2));

        assertEquals(
                Stage.RUNNING,
                assertInstanceOf(HostReport.Unfinished.class, course.report()).reached());
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static HostFailure failure(String what) {
        return new HostFailure(
                HostFailure.Cause.LINK_LOST, Stage.RUNNING, what, "because", "try again");
    }

    private static EngineStatus status(int failed, int blocked) {
        return new EngineStatus(
                1,
                1,
                EngineStatus.Phase.IDLE,
                1,
                new EngineStatus.Counts(2, 1, 0, 0, failed, blocked),
                List.of(),
                List.of());
    }
}
