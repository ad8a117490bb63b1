package dev.mgmt.engine.run;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineOptions;
import org.junit.jupiter.api.Test;

class StepTest {
    @Test
    void everythingThatCanRunRunsAtOnceAndDependantsFollow() {
        StepScript.check(
                """
                graph a->c b->c d
                > switched +4 ~0 -0 =0
                > run a
                > run b
                > run d
                = preparing good=0
                a good
                = preparing good=1
                b changed
                > applied b
                > run c
                d good
                = preparing good=3
                c good
                = idle good=4
                """);
    }

    @Test
    void failedVertexBlocksItsDependantsAndNothingElse() {
        StepScript.check(
                """
                graph a->b b->c d
                > switched +4 ~0 -0 =0
                > run a
                > run d
                a fails why
                > failed a why
                = preparing good=0 failed=a blocked=b,c
                d good
                = idle good=1 failed=a blocked=b,c
                """);
    }

    @Test
    void rootCausesComeFirst() {
        StepScript.check(
                """
                graph b[watched] a[watched] a->b
                > watch b
                > watch a
                > switched +2 ~0 -0 =0
                b watching
                a watching
                > run a
                a good
                > run b
                b event
                a event
                > run a
                b fails later
                a fails first
                > failed a first
                = idle good=0 failed=a blocked=b
                """);
    }

    @Test
    void retriesAreSpentBeforeItFails() {
        StepScript.check(
                """
                graph a[retry=2,delay=9] a->b
                > switched +2 ~0 -0 =0
                > run a
                a fails x
                > retrying a 1
                > timer a 9
                = preparing good=0
                a rings
                > run a
                a fails x
                > retrying a 2
                > timer a 9
                a rings
                > run a
                a fails x
                > failed a x
                = idle good=0 failed=a blocked=b
                """);
    }

    @Test
    void triesAreCountedAnewAfterASuccess() {
        StepScript.check(
                """
                graph a[retry=1,delay=9,watched]
                > watch a
                > switched +1 ~0 -0 =0
                a watching
                > run a
                a fails x
                > retrying a 1
                > timer a 9
                a rings
                > run a
                a good
                = idle good=1
                a event
                > run a
                a fails x
                > retrying a 1
                > timer a 9
                = working good=0
                """);
    }

    @Test
    void eventsDuringARunLeadToExactlyOneMore() {
        StepScript.check(
                """
                graph a[watched] a->b
                > watch a
                > switched +2 ~0 -0 =0
                a watching
                > run a
                a event
                a event
                a event
                a good
                > run a
                a good
                > run b
                b good
                = idle good=2
                """);
    }

    @Test
    void refreshIsKeptOverAFailureAndClearedBySuccess() {
        StepScript.check(
                """
                graph a~>b b[retry=1,delay=5,watched]
                > watch b
                > switched +2 ~0 -0 =0
                > run a
                b watching
                a changed
                > applied a
                > run b refresh
                b fails x
                > retrying b 1
                > timer b 5
                b rings
                > run b refresh
                b good
                b event
                > run b
                b good
                = idle good=2
                """);
    }

    @Test
    void refreshReachesAReceiverThatLookedGood() {
        StepScript.check(
                """
                graph a[watched] a~>b a->c
                > watch a
                > switched +3 ~0 -0 =0
                a watching
                > run a
                a good
                > run b
                > run c
                b good
                c good
                a event
                > run a
                a changed
                > applied a
                > run b refresh
                b changed
                > applied b
                = idle good=3
                """);
    }

    @Test
    void underNoopSuccessorsGoOnAndNoRefreshIsSent() {
        StepScript.check(
                EngineOptions.of("h").with(Enforcement.CHECK_ONLY),
                """
                graph a~>b
                > switched +2 ~0 -0 =0
                > run a noop
                a deviates
                > would apply a
                > run b noop
                b good
                = idle good=2
                """);
        StepScript.check(
                """
                graph a[noop] a~>b
                > switched +2 ~0 -0 =0
                > run a noop
                a deviates
                > would apply a
                > run b
                b good
                = idle good=2
                """);
    }

    @Test
    void vertexWhosePredecessorIsDirtyAgainWaitsForIt() {
        StepScript.check(
                """
                graph a[watched] b[watched] a->b
                > watch a
                > watch b
                > switched +2 ~0 -0 =0
                a watching
                > run a
                b watching
                a good
                > run b
                b good
                a event
                > run a
                b event
                = working good=0
                a good
                > run b
                b good
                = idle good=2
                """);
    }

    @Test
    void pollThatChangesNothingDisturbsNobody() {
        StepScript.check(
                """
                graph a[poll=1000]
                > switched +1 ~0 -0 =0
                > run a
                a good
                > timer a 1000
                = idle good=1
                a rings
                > run a
                = idle good=1
                a good
                > timer a 1000
                a rings
                > run a
                a fails x
                > failed a x
                > timer a 1000
                = idle good=0 failed=a
                a rings
                > run a
                a fails x
                > timer a 1000
                a rings
                > run a
                a good
                > timer a 1000
                = idle good=1
                """);
    }

    @Test
    void semaphoresLetThroughAsManyAsTheyCount() {
        StepScript.check(
                """
                graph a[sema=s:2] b[sema=s:2/t:1] c[sema=s:2] d[sema=t:1]
                > switched +4 ~0 -0 =0
                > run a
                > run b
                a good
                > run c
                b good
                > run d
                c good
                d good
                = idle good=4
                """);
    }

    @Test
    void limitOnVerticesHoldsForAll() {
        StepScript.check(
                EngineOptions.of("h").withVertexLimit(1),
                """
                graph a b c
                > switched +3 ~0 -0 =0
                > run a
                a fails x
                > failed a x
                > run b
                b good
                > run c
                c good
                = idle good=2 failed=a
                """);
    }

    @Test
    void watchThatEndsIsRetriedAndThenFails() {
        StepScript.check(
                """
                graph a[retry=1,delay=3,watched]
                > watch a
                > switched +1 ~0 -0 =0
                a watching
                > run a
                a good
                = idle good=1
                a lost gone
                > retrying a 1
                > timer a 3
                = working good=1
                a rings
                > watch a
                a watching
                > run a
                a good
                a lost gone
                > failed a gone
                = idle good=0 failed=a
                """);
    }

    @Test
    void orderlyStopLetsWhatRunsFinishAndStartsNothing() {
        StepScript.check(
                """
                graph a->b
                > switched +2 ~0 -0 =0
                > run a
                stop
                a good
                > finish
                """);
    }
}
