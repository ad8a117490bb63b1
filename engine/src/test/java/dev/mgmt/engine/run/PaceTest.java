package dev.mgmt.engine.run;

import org.junit.jupiter.api.Test;

/** Limits, timeouts, and what is left of a graph where a watch is given up. */
class PaceTest {
    @Test
    void eventsInExcessOfALimitBecomeOneRunWithTheNextToken() {
        StepScript.check(
                """
                graph a[watched,limit=5/2] a->b
                > watch a
                > switched +2 ~0 -0 =0
                a watching
                > token a 200
                > run a
                a good
                > run b
                b good
                = idle good=2
                a event
                > run a
                a good
                = idle good=2
                a event
                = working good=1
                a event
                a event
                b event
                = working good=0
                a token
                > token a 200
                > run a
                a good
                > run b
                b good
                = idle good=2
                a token
                > token a 200
                a token
                = idle good=2
                """);
    }

    @Test
    void tokenThatComesBeforeARunEndsLetsTheNextOneThrough() {
        StepScript.check(
                """
                graph a[watched,limit=1/1]
                > watch a
                > switched +1 ~0 -0 =0
                a watching
                > token a 1000
                > run a
                a event
                a token
                a good
                > token a 1000
                > run a
                a good
                = idle good=1
                """);
    }

    @Test
    void runThatTakesTooLongIsStoppedAndRetried() {
        StepScript.check(
                """
                graph a[timeout=2000,retry=1,delay=5] a->b
                > switched +2 ~0 -0 =0
                > run a
                > timeout a 2000
                a overtime
                > interrupt a
                a fails interrupted
                > retrying a 1
                > timer a 5
                a rings
                > run a
                > timeout a 2000
                a overtime
                > interrupt a
                a good
                > failed a took longer than its timeout of 2 s
                = idle good=0 failed=a blocked=b
                """);
    }

    @Test
    void timeoutOfARunThatHasEndedMeansNothing() {
        StepScript.check(
                """
                graph a[timeout=1500,watched]
                > watch a
                > switched +1 ~0 -0 =0
                a watching
                > run a
                > timeout a 1500
                a good
                a overtime
                = idle good=1
                """);
    }

    @Test
    void timeoutHoldsForWhatLeftTheGraphAndWhileAllEnds() {
        StepScript.check(
                """
                graph a[timeout=10] b[timeout=10]
                > switched +2 ~0 -0 =0
                > run a
                > timeout a 10
                > run b
                > timeout b 10
                graph b[timeout=10]
                > unwatch a
                > switched +0 ~0 -1 =1
                a overtime
                > interrupt a
                a fails interrupted
                > release a
                stop
                b overtime
                > interrupt b
                b fails interrupted
                > failed b took longer than its timeout of 10 ms
                > finish
                """);
    }

    @Test
    void whatARunMendedBeforeItFailedStillRefreshesThoseBehind() {
        StepScript.check(
                """
                graph a[retry=1,delay=5] a~>b
                > switched +2 ~0 -0 =0
                > run a
                a breaks x
                > applied a
                > retrying a 1
                > timer a 5
                a rings
                > run a
                a good
                > run b refresh
                b good
                = idle good=2
                """);
    }

    @Test
    void whoWantsNoRewatchStaysFailedUntilItChanges() {
        StepScript.check(
                """
                graph a[rewatch=no] b
                > switched +2 ~0 -0 =0
                > run a
                > run b
                a fails x
                > failed a x
                b fails x
                > failed b x
                graph a[rewatch=no] b
                > switched +0 ~0 -0 =2
                > run b
                b good
                = idle good=1 failed=a
                graph a[rewatch=no,v=2] b
                > release old-a
                > switched +0 ~1 -0 =1
                > run a
                a good
                = idle good=2
                """);
    }

    @Test
    void watchThatIsGivenUpBlocksAllButThoseThatMakeDoWithIt() {
        StepScript.check(
                """
                graph a[watched] a->b a->c[realize] c->d
                > watch a
                > switched +4 ~0 -0 =0
                a watching
                > run a
                a lost gone
                a good
                > failed a gone
                > run c
                = preparing good=0 failed=a blocked=b
                c good
                > run d
                d good
                = idle good=2 failed=a blocked=b
                """);
    }

    @Test
    void failedPredecessorBlocksAlsoThoseThatMakeDoWithoutAWatch() {
        StepScript.check(
                """
                graph a[watched] a->c[realize]
                > watch a
                > switched +2 ~0 -0 =0
                a watching
                > run a
                a lost gone
                a fails x
                > failed a x
                = idle good=0 failed=a blocked=c
                """);
    }
}
