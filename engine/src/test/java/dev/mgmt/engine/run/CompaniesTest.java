package dev.mgmt.engine.run;

import org.junit.jupiter.api.Test;

/** Vertices that are run in one action: those whose names begin alike up to a dash. */
class CompaniesTest {
    @Test
    void thoseOfOneKeyRunInOneAction() {
        StepScript.check(
                """
                graph p-a p-b q-c p-d x
                > switched +5 ~0 -0 =0
                > run q-c
                > run x
                > run p-a + p-b + p-d
                p-a good
                p-b changed
                > applied p-b
                p-d fails why
                > failed p-d why
                = preparing good=2 failed=p-d
                """);
    }

    @Test
    void theyWaitForTheLastOfThemToBeReady() {
        StepScript.check(
                """
                graph p-a x->p-b y->p-b
                > switched +4 ~0 -0 =0
                > run x
                > run y
                x good
                y good
                > run p-a + p-b
                """);
    }

    @Test
    void whoIsBlockedIsLeftBehind() {
        StepScript.check(
                """
                graph p-a x->p-b
                > switched +3 ~0 -0 =0
                > run x
                x fails why
                > failed x why
                > run p-a
                p-a good
                = idle good=1 failed=x blocked=p-b
                """);
    }

    @Test
    void whoStandsFarBehindAFailureIsLeftBehindToo() {
        StepScript.check(
                """
                graph p-a x->y y->z z->p-b
                > switched +5 ~0 -0 =0
                > run x
                x fails why
                > failed x why
                > run p-a
                """);
    }

    @Test
    void nobodyWaitsForWhatIsTriedAgain() {
        StepScript.check(
                """
                graph p-a x[retry=-1,delay=9] x->y y->p-b
                > switched +4 ~0 -0 =0
                > run x
                x fails why
                > retrying x 1
                > timer x 9
                > run p-a
                x rings
                > run x
                x good
                > run y
                y good
                > run p-b
                """);
    }

    @Test
    void nobodyWaitsForAWatchThatIsTriedAgain() {
        StepScript.check(
                """
                graph p-a p-b[watched,retry=-1,delay=9]
                > watch p-b
                > switched +2 ~0 -0 =0
                p-b lost why
                > retrying p-b 1
                > timer p-b 9
                > run p-a
                """);
    }

    @Test
    void laterThoseWhoAreDueAtTheSameMomentRunTogether() {
        StepScript.check(
                """
                graph x[watched] x~>p-a x~>p-b p-c
                > watch x
                > switched +4 ~0 -0 =0
                x watching
                > run x
                x good
                > run p-c + p-a + p-b
                p-a good
                p-b good
                p-c good
                x event
                > run x
                x changed
                > applied x
                > run p-a refresh + p-b refresh
                """);
    }

    @Test
    void oneWhoseRefreshComesAloneRunsAlone() {
        StepScript.check(
                """
                graph x[watched] x~>p-a p-b p-c
                > watch x
                > switched +4 ~0 -0 =0
                x watching
                > run x
                x changed
                > applied x
                > run p-b + p-c + p-a refresh
                p-a good
                p-b good
                p-c good
                x event
                > run x
                x changed
                > applied x
                > run p-a refresh
                """);
    }

    @Test
    void itIsOneActionForSemaphoresToo() {
        StepScript.check(
                """
                graph p-a[sema=s:1] p-b[sema=s:1] p-c[sema=t:1] x[sema=t:1]
                > switched +4 ~0 -0 =0
                > run x
                x good
                > run p-a + p-b + p-c
                p-a good
                p-b good
                = preparing good=3
                p-c good
                = idle good=4
                """);
    }

    @Test
    void whoBecomesUnreadyInTheQueueStaysBehind() {
        StepScript.check(
                """
                graph y[watched] y->p-a p-b[sema=s:1] x[sema=s:1]
                > watch y
                > switched +4 ~0 -0 =0
                > run x
                y watching
                > run y
                y good
                y event
                > run y
                x good
                > run p-b
                y good
                > run p-a
                """);
    }

    @Test
    void aSwitchOfGraphsBringsThoseTogetherWhoAreDue() {
        StepScript.check(
                """
                graph p-a x
                > switched +2 ~0 -0 =0
                > run p-a
                > run x
                p-a good
                graph p-a p-b x x->p-c
                > switched +2 ~0 -0 =2
                x good
                > run p-b + p-c
                """);
    }

    @Test
    void nobodyWaitsForAToken() {
        StepScript.check(
                """
                graph p-b[watched,limit=1/1]
                > watch p-b
                > switched +1 ~0 -0 =0
                p-b watching
                > token p-b 1000
                > run p-b
                p-b good
                p-b event
                graph p-a p-b[watched,limit=1/1]
                > switched +1 ~0 -0 =1
                > run p-a
                p-b token
                > token p-b 1000
                > run p-b
                """);
    }

    @Test
    void anActionThatTakesTooLongIsStoppedOnceAndTooLongForAll() {
        StepScript.check(
                """
                graph p-a[timeout=9] p-b[timeout=9]
                > switched +2 ~0 -0 =0
                > run p-a + p-b
                > timeout p-a 9
                > timeout p-b 9
                p-a overtime
                > interrupt p-a
                p-b overtime
                p-a fails interrupted
                > failed p-a took longer than its timeout of 9 ms
                p-b fails interrupted
                > failed p-b took longer than its timeout of 9 ms
                """);
    }
}
