package dev.mgmt.engine.run;

import org.junit.jupiter.api.Test;

class GraphSwitchTest {
    @Test
    void switchKeepsEqualVerticesRunning() {
        StepScript.check(
                """
                graph a[watched] b c a->b
                > watch a
                > switched +3 ~0 -0 =0
                > run c
                a watching
                > run a
                a good
                > run b
                graph a[watched] b[v=2] d a->b
                > unwatch old-b
                > unwatch c
                > switched +1 ~1 -1 =1
                > run d
                d good
                = preparing good=2
                c good
                > release c
                old-b changed
                > applied b
                > release old-b
                > run b
                b good
                = idle good=3
                """);
    }

    @Test
    void invalidGraphChangesNothing() {
        StepScript.check(
                """
                graph a
                > switched +1 ~0 -0 =0
                > run a
                a good
                graph b a->b b->a
                > refused [these resources wait for each other: noop[a] -> noop[b] -> noop[a]]
                = idle good=1
                """);
    }

    @Test
    void failedVertexGetsANewChanceWithTheNextGraph() {
        StepScript.check(
                """
                graph a->b
                > switched +2 ~0 -0 =0
                > run a
                a fails x
                > failed a x
                graph a->b c
                > switched +1 ~0 -0 =2
                > run a
                > run c
                a good
                > run b
                b good
                c good
                = idle good=3
                """);
    }
}
