package dev.mgmt.engine.run;

import org.junit.jupiter.api.Test;

/** What a timer sets off. */
class TickTest {
    @Test
    void aTickRefreshesAlongNotifyEdgesAndIsNoActivity() {
        StepScript.check(
                """
                graph t[ticks,poll=1000] t~>e t->f
                > switched +3 ~0 -0 =0
                > run t
                t good
                > run e
                > run f
                > timer t 1000
                e good
                f good
                = idle good=3
                t rings
                > run t
                = idle good=3
                t good
                > run e refresh
                > timer t 1000
                = idle good=3
                e changed
                > applied e
                = idle good=3
                """);
    }

    @Test
    void whatATickSetsOffGoesOnFromThere() {
        StepScript.check(
                """
                graph t[ticks,poll=1000] t~>e e~>g
                > switched +3 ~0 -0 =0
                > run t
                t good
                > run e
                > timer t 1000
                e good
                > run g
                g good
                t rings
                > run t
                t good
                > run e refresh
                > timer t 1000
                e changed
                > applied e
                > run g refresh
                = working good=2
                """);
    }

    @Test
    void aTickThatFindsItsReceiverAtWorkComesAfterwards() {
        StepScript.check(
                """
                graph t[ticks,poll=1000] t~>e
                > switched +2 ~0 -0 =0
                > run t
                t good
                > run e
                > timer t 1000
                t rings
                > run t
                t good
                > timer t 1000
                e good
                > run e refresh
                e good
                = idle good=2
                """);
    }

    @Test
    void aTickForSomebodyWithoutAPlaceIsKept() {
        StepScript.check(
                """
                graph t[ticks,poll=1000] e[sema=s:1] o[sema=s:1] p->e t~>e
                > switched +4 ~0 -0 =0
                > run t
                > run o
                > run p
                t good
                > timer t 1000
                p good
                o good
                > run e
                e good
                o event
                > run o
                t rings
                > run t
                t good
                > timer t 1000
                p event
                > run p
                o good
                p good
                > run e refresh
                e good
                = idle good=4
                """);
    }

    @Test
    void aTickThatLedToAFailureIsMadeUpForWithTheRetry() {
        StepScript.check(
                """
                graph t[ticks,poll=1000] e[retry=1,delay=5] t~>e
                > switched +2 ~0 -0 =0
                > run t
                t good
                > run e
                > timer t 1000
                e good
                t rings
                > run t
                t good
                > run e refresh
                > timer t 1000
                e fails no luck
                > retrying e 1
                > timer e 5
                e rings
                > run e refresh
                e good
                = idle good=2
                """);
    }
}
