package dev.mgmt.engine.run;

import static dev.mgmt.engine.run.StepScript.check;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.run.PlaceQueue.Standing;
import dev.mgmt.engine.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetSemaphoresTest {
    @Test
    void aVertexRunsWhenTheFleetHasGivenItAPlaceAndGivesItBackAtItsEnd() {
        check(
                """
                graph a[sema=@s:2]
                > switched +1 ~0 -0 =0
                > take 1 of s:2
                = preparing good=0
                given 1
                > run a
                a good
                > leave 1
                = idle good=1
                """);
    }

    @Test
    void aHostAsksForNoMorePlacesThanThereAre() {
        check(
                """
                graph a[sema=@s:1] b[sema=@s:1] c[sema=@s:1]
                > switched +3 ~0 -0 =0
                > take 1 of s:1
                given 1
                > run a
                a good
                > leave 1
                > take 2 of s:1
                given 2
                > run b
                b good
                > leave 2
                > take 3 of s:1
                given 3
                > run c
                c good
                > leave 3
                = idle good=3
                """);
    }

    @Test
    void thoseOfTheHostComeFirstAndThenThoseOfTheFleetByName() {
        check(
                """
                graph a[sema=@b:1/z:1/@a:1]
                > switched +1 ~0 -0 =0
                > take 1 of a:1
                given 1
                > take 2 of b:1
                given 2
                > run a
                a fails no
                > leave 1
                > leave 2
                > failed a no
                = idle good=0 failed=a
                """);
    }

    @Test
    void whoMayNotRunAnyMoreWantsNoPlace() {
        check(
                """
                graph a[watched] a->b[sema=@s:1]
                > watch a
                > switched +2 ~0 -0 =0
                a watching
                > run a
                a good
                > take 1 of s:1
                a event
                > leave 1
                > run a
                given 1
                a good
                > take 2 of s:1
                given 2
                > run b
                b good
                > leave 2
                = idle good=2
                """);
    }

    @Test
    void ofTwoSizesOfOneSemaphoreTheSmallerCounts() {
        check(
                """
                graph a[sema=@s:3/@s:2]
                > switched +1 ~0 -0 =0
                > take 1 of s:2
                given 1
                > run a
                a good
                > leave 1
                = idle good=1
                """);
    }

    @Test
    void atTheEndNobodyWaitsAnyMore() {
        check(
                """
                graph a[sema=@s:1] b
                > switched +2 ~0 -0 =0
                > take 1 of s:1
                > run b
                stop
                > leave 1
                b good
                > finish
                """);
    }

    @Test
    void thePlacesOfTheHostAreHeldMeanwhile() {
        check(
                EngineOptions.of("h").withVertexLimit(1),
                """
                graph a[sema=@s:1] b
                > switched +2 ~0 -0 =0
                > take 1 of s:1
                given 1
                > run a
                a good
                > leave 1
                > run b
                b good
                = idle good=2
                """);
    }

    private static World.Entry entry(String key, String size, long revision) {
        return new World.Entry(key, size, revision);
    }

    private static PlaceQueue queue(World.Entry... entries) {
        PlaceQueue queue = new PlaceQueue();
        queue.begin(new World.Snapshot(100, List.of(entries)));
        return queue;
    }

    @Test
    void whoCameFirstHoldsAPlaceWhateverTheKeysAreCalled() {
        PlaceQueue queue = queue(entry("z", "2", 5), entry("a", "2", 7), entry("m", "2", 6));
        assertEquals(new Standing.Holds(2), queue.standing("z", 5));
        assertEquals(new Standing.Holds(2), queue.standing("m", 6));
        assertEquals(new Standing.Waits(), queue.standing("a", 7));
        queue.change(101, List.of(new World.Change.Deleted("z")));
        assertEquals(new Standing.Holds(2), queue.standing("a", 7));
        assertEquals(new Standing.Gone(), queue.standing("z", 5));
    }

    @Test
    void theSmallestSizeOfThoseBeforeCountsAndWhoComesLaterChangesNothing() {
        PlaceQueue queue = queue(entry("a", "3", 1), entry("b", "1", 2), entry("c", "3", 3));
        assertEquals(new Standing.Holds(3), queue.standing("a", 1));
        assertEquals(new Standing.Waits(), queue.standing("b", 2));
        assertEquals(new Standing.Waits(), queue.standing("c", 3));
        queue.change(101, List.of(new World.Change.Deleted("a")));
        assertEquals(new Standing.Holds(1), queue.standing("b", 2));
        assertEquals(new Standing.Waits(), queue.standing("c", 3));
    }

    @Test
    void ofWhatIsNotKnownYetNothingIsSaid() {
        assertEquals(new Standing.Waits(), new PlaceQueue().standing("a", 5));
        assertEquals(new Standing.Waits(), queue().standing("a", 101));
        assertEquals(new Standing.Gone(), queue().standing("a", 100));
    }

    @Test
    void whatIsNoNumberIsOne() {
        PlaceQueue queue = queue(entry("a", "many", 1), entry("b", "3", 2));
        assertEquals(new Standing.Holds(1), queue.standing("a", 1));
        assertEquals(new Standing.Waits(), queue.standing("b", 2));
    }
}
