package dev.mgmt.engine.run;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineOptions;
import org.junit.jupiter.api.Test;

/** What is undone when it leaves its graph, and when. */
class ReverseTest {
    @Test
    void whatLeavesIsUndoneInTheReverseOrderOfItsEdges() {
        StepScript.check(
                """
                graph a[reverse] b[reverse] c[reverse] a->b b->c
                > switched +3 ~0 -0 =0
                > run a
                a good
                > run b
                b good
                > run c
                c changed
                > applied c
                = idle good=3
                graph x
                > release old-a
                > release old-b
                > release old-c
                > switched +1 ~0 -3 =0
                > run x
                > run c
                x good
                = working good=1
                c changed
                > applied c
                > run b
                > release c
                b good
                > run a
                > release b
                a changed
                > applied a
                > release a
                = idle good=1
                """);
    }

    @Test
    void orderHoldsAlsoAcrossVerticesThatAreNotUndone() {
        StepScript.check(
                """
                graph a[reverse] b c[reverse] a->b b->c
                > switched +3 ~0 -0 =0
                > run a
                a good
                > run b
                b good
                > run c
                c good
                graph b
                > release old-a
                > release old-c
                > switched +0 ~0 -2 =1
                > run c
                c good
                > run a
                > release c
                a good
                > release a
                = idle good=1
                """);
    }

    @Test
    void whatWasNeverMadeIsNotUndone() {
        StepScript.check(
                """
                graph a->b[reverse] c[reverse]
                > switched +3 ~0 -0 =0
                > run a
                > run c
                a fails x
                > failed a x
                c breaks y
                > applied c
                > failed c y
                = idle good=0 failed=a,c blocked=b
                graph a
                > release b
                > release old-c
                > switched +0 ~0 -2 =1
                > run a
                > run c
                c good
                > release c
                a good
                = idle good=1
                """);
    }

    @Test
    void failedUndoIsTriedAgainThenCountsAndBlocksThoseBehindItUntilTheNextGraph() {
        StepScript.check(
                """
                graph a[reverse] b[reverse,retry=1,delay=7] a->b
                > switched +2 ~0 -0 =0
                > run a
                a good
                > run b
                b good
                graph x
                > release old-a
                > release old-b
                > switched +1 ~0 -2 =0
                > run x
                > run b
                x good
                b fails busy
                > retrying b 1
                > timer b 7
                = working good=1
                b rings
                > run b
                b fails busy
                > failed b cannot be undone: busy
                = idle good=1 failed=b blocked=a
                graph x
                > switched +0 ~0 -0 =1
                > run b
                b good
                > run a
                > release b
                a good
                > release a
                = idle good=1
                """);
    }

    @Test
    void whatComesBackIsNotUndoneAndWaitsForAnUndoThatRuns() {
        StepScript.check(
                """
                graph a[reverse] b[reverse] a->b
                > switched +2 ~0 -0 =0
                > run a
                a good
                > run b
                b good
                graph x
                > release old-a
                > release old-b
                > switched +1 ~0 -2 =0
                > run x
                > run b
                x good
                graph a[reverse] b[reverse] a->b
                > release a
                > release x
                > switched +2 ~0 -1 =0
                > run a
                a good
                = working good=1
                old-b changed
                > applied b
                > release old-b
                > run b
                b good
                = idle good=2
                """);
    }

    @Test
    void orderHoldsAlsoAcrossAVertexThatComesBack() {
        StepScript.check(
                """
                graph a[reverse] b[reverse] c[reverse] a->b b->c
                > switched +3 ~0 -0 =0
                > run a
                a good
                > run b
                b good
                > run c
                c good
                graph x
                > release old-a
                > release old-b
                > release old-c
                > switched +1 ~0 -3 =0
                > run x
                > run c
                x good
                graph x b
                > release b
                > switched +1 ~0 -0 =1
                > run b
                b good
                = working good=2
                c good
                > run a
                > release c
                a good
                > release a
                = idle good=2
                """);
    }

    @Test
    void runThatIsUnderWayWhenItsVertexLeavesEndsBeforeItIsUndone() {
        StepScript.check(
                """
                graph a[reverse]
                > switched +1 ~0 -0 =0
                > run a
                graph x
                > unwatch old-a
                > switched +1 ~0 -1 =0
                > run x
                x good
                old-a good
                > release old-a
                > run a
                a good
                > release a
                = idle good=1
                """);
    }

    @Test
    void thingThatTheNewGraphManagesUnderAnotherNameIsNotUndone() {
        StepScript.check(
                """
                graph a[reverse,at=/x] d[reverse,at=/d] e[reverse,at=/e]
                > switched +3 ~0 -0 =0
                > run a
                > run d
                > run e
                a good
                d good
                e good
                graph b[at=/x] f[at=/d/below/it]
                > release a
                > release d
                > release old-e
                > switched +2 ~0 -3 =0
                > run b
                > run f
                > run e
                b good
                f good
                e good
                > release e
                = idle good=2
                """);
    }

    @Test
    void newVertexWaitsForAnUndoOfTheSameThingThatIsNotWantedAnyMore() {
        StepScript.check(
                """
                graph a[reverse,at=/x]
                > switched +1 ~0 -0 =0
                > run a
                a good
                graph c
                > release old-a
                > switched +1 ~0 -1 =0
                > run c
                > run a
                c good
                graph b[at=/x] c
                > switched +1 ~0 -0 =1
                a changed
                > applied a
                > release a
                > run b
                b good
                = idle good=2
                """);
    }

    @Test
    void underNoopAnUndoIsOnlyTold() {
        StepScript.check(
                EngineOptions.of("h").with(Enforcement.CHECK_ONLY),
                """
                graph a[reverse] b[reverse]
                > switched +2 ~0 -0 =0
                > run a noop
                > run b noop
                a good
                b deviates
                > would apply b
                graph x
                > release old-a
                > release b
                > switched +1 ~0 -2 =0
                > run x noop
                > run a noop
                x good
                a deviates
                > would apply a
                > release a
                = idle good=1
                """);
    }

    @Test
    void nothingIsUndoneWhenAllEnds() {
        StepScript.check(
                """
                graph a[reverse] b[reverse] a->b
                > switched +2 ~0 -0 =0
                > run a
                a good
                > run b
                b good
                graph x
                > release old-a
                > release old-b
                > switched +1 ~0 -2 =0
                > run x
                > run b
                stop
                x good
                b good
                > release b
                > finish
                """);
    }
}
