package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.world.World;
import java.time.Duration;
import java.util.List;

/** All that a step can ask of the outside. Answers come back as {@link Input}s. */
public sealed interface Effect {
    /** Takes a vertex into care; comes before any other effect on it. */
    record Adopt(Ticket vertex, Resource resource) implements Effect {}

    /** Answered by WatchStarted or WatchEnded, then any number of Disturbed and one WatchEnded. */
    record StartWatch(Ticket vertex) implements Effect {}

    /** Ends the watch at once. What runs of it is left to finish. */
    record StopWatch(Ticket vertex) implements Effect {}

    /** The vertex left the graph and nothing of it runs any more. */
    record Release(Ticket vertex) implements Effect {}

    /** Answered by one Ran. */
    record Run(Ticket vertex, Attempt attempt) implements Effect {}

    /**
     * Makes the run of this vertex that is under way stop, and that of those it is one action with;
     * each is answered as any run is.
     */
    record Interrupt(Ticket vertex) implements Effect {}

    /** Several runs in one action. Answered by one Ran for each. */
    record RunTogether(List<Run> runs) implements Effect {
        public RunTogether {
            runs = List.copyOf(runs);
        }
    }

    /** Answered by PlaceGiven, or never if it is left before. */
    record TakePlace(Place place) implements Effect {}

    /** Gives back a place, or wants it no longer. */
    record LeavePlace(long number) implements Effect {}

    /**
     * A place of a semaphore of the fleet.
     *
     * @param number unique in an engine's life
     * @param semaphore its name, without {@code fleet/}
     * @param size how many places it has
     */
    record Place(long number, String semaphore, int size) {}

    /** Answered by one Rang. */
    record SetTimer(Timer timer, Duration pause) implements Effect {}

    /** Writes down, before anything after it is done, that these are owed a refresh. */
    record NoteOwed(List<ResourceId> receivers) implements Effect {
        public NoteOwed {
            receivers = List.copyOf(receivers);
        }
    }

    /** These have had the refresh that was written down. */
    record NotePaid(List<ResourceId> receivers) implements Effect {
        public NotePaid {
            receivers = List.copyOf(receivers);
        }
    }

    record Tell(EngineEvent event) implements Effect {}

    /**
     * Answered by Built or Unfit.
     *
     * @param collected all hosts' exports of the kinds that the definition collects
     * @param values what hosts say under the keys that the definition reads
     */
    record Build(
            GraphDefinition definition,
            long revision,
            List<World.Entry> collected,
            List<World.Entry> values)
            implements Effect {
        public Build {
            collected = List.copyOf(collected);
            values = List.copyOf(values);
        }
    }

    /** Answered by ExportsRead or ExportsFailed. */
    record ReadExports() implements Effect {}

    /** Answered by ExportsCommitted or ExportsFailed. */
    record CommitExports(World.Transaction transaction) implements Effect {}

    /** Answered by CollectionOpened, then changes, or by CollectionEnded at any time. */
    record OpenCollection(Subscription subscription) implements Effect {}

    record CloseCollection(Subscription subscription) implements Effect {}

    /**
     * @param folder of the store
     * @param number among those of the folder: what an earlier one still says is ignored
     */
    record Subscription(String folder, long number) {}

    /** Everything under way has ended. */
    record Finish() implements Effect {}
}
