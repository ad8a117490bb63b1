package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.world.World;
import java.util.List;

/** All that can happen to a run. Every answer to an {@link Effect} is one of these. */
public sealed interface Input {
    /** Before anything else: to whom an earlier engine on this host owed a refresh. */
    record Recalled(List<ResourceId> owed) implements Input {
        public Recalled {
            owed = List.copyOf(owed);
        }
    }

    /** A caller offers a graph. */
    record Submitted(GraphDefinition graph, long revision) implements Input {}

    /**
     * A graph was put together with what is collected, and can run.
     *
     * @param definition with all its templates rendered
     * @param notices what was left out of it, and why
     */
    record Built(
            GraphDefinition definition, long revision, ResourceGraph graph, List<String> notices)
            implements Input {
        public Built {
            notices = List.copyOf(notices);
        }
    }

    /** A graph cannot run. */
    record Unfit(long revision, List<String> problems, List<String> notices) implements Input {
        public Unfit {
            problems = List.copyOf(problems);
            notices = List.copyOf(notices);
        }
    }

    record WatchStarted(Ticket vertex) implements Input {}

    /** A watch could not be made, or ended by itself. */
    record WatchEnded(Ticket vertex, String reason) implements Input {}

    /** A vertex' part of the world may have changed. */
    record Disturbed(Ticket vertex) implements Input {}

    record Ran(Ticket vertex, Outcome outcome) implements Input {}

    /** A vertex has something else to give to those who receive from it; comes before its Ran. */
    record GaveOther(Ticket vertex) implements Input {}

    /** A resource wrote a line. */
    record Wrote(EngineEvent.Output line) implements Input {}

    /** The answer to {@link Effect.TakePlace}. */
    record PlaceGiven(long number) implements Input {}

    /** Something that people should know. */
    record Noticed(String text) implements Input {}

    /** A timer set by {@link Effect.SetTimer} went off. */
    record Rang(Timer timer) implements Input {}

    /** What this host has exported so far. */
    record ExportsRead(List<World.Entry> entries) implements Input {
        public ExportsRead {
            entries = List.copyOf(entries);
        }
    }

    record ExportsCommitted(long revision) implements Input {}

    record ExportsFailed(String reason) implements Input {}

    /** All that is in the folder, and that a watch follows from the next revision on. */
    record CollectionOpened(Effect.Subscription subscription, World.Snapshot snapshot)
            implements Input {}

    record CollectionChanged(
            Effect.Subscription subscription, long revision, List<World.Change> changes)
            implements Input {
        public CollectionChanged {
            changes = List.copyOf(changes);
        }
    }

    record CollectionEnded(Effect.Subscription subscription, String reason) implements Input {}

    /** A vertex has written to the store what others may read; comes before its Ran. */
    record Said(Keeper.StoreWrite write) implements Input {}

    /** Nothing new is to start. */
    record StopAsked() implements Input {}
}
