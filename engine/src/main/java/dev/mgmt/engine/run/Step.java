package dev.mgmt.engine.run;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.ResourceDriver.Freshness;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.run.Timer.Errand;
import dev.mgmt.engine.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run: an input changes the state and asks for effects. Does no I/O, reads no clock
 * and starts no thread; the same inputs in the same order give the same effects. Used by one thread
 * at a time, its owner.
 *
 * <p>Holds: a graph is idle only if nothing newer waits to be built, its exports are in the store
 * and have come back if it collects, and every vertex has run since it was last disturbed.
 */
public final class Step {
    private final List<Effect> effects = new ArrayList<>();
    private final OwedRefreshes owed;
    private final Roster roster;
    private final Admission admission;
    private final Course course;
    private final Exports exports;
    private final Collected collected;
    private final Collected values;
    private final Enforcement enforcement;

    private @Nullable Submission waiting;
    private @Nullable Submission building;
    private @Nullable Submission current;
    private ResourceGraph graph = ResourceGraph.empty();

    /** What is collected has changed since the last build began. */
    private Recollection recollection = Recollection.NONE;

    private Ending ending = Ending.NONE;
    private Phase phase = Phase.PREPARING;
    private List<String> lastNotices = List.of();

    private enum Ending {
        NONE,
        ASKED,
        FINISHED
    }

    private enum Recollection {
        NONE,
        NEEDED
    }

    private enum Occasion {
        SUBMITTED,
        RECOLLECTED
    }

    private record Submission(GraphDefinition graph, long revision, Occasion occasion) {
        /** Equal, but made of objects that are in use already; templates are rendered again. */
        Submission as(GraphDefinition shared) {
            return graph.templates().isPresent()
                    ? this
                    : new Submission(shared, revision, occasion);
        }

        Submission recollected() {
            return new Submission(graph, revision, Occasion.RECOLLECTED);
        }
    }

    /**
     * @param random spreads pauses; the same one gives the same course
     */
    public Step(
            EngineOptions options,
            Function<Resource, Freshness> freshness,
            RandomGenerator random) {
        enforcement = options.enforcement();
        owed = new OwedRefreshes(enforcement, effects::add);
        roster = new Roster(freshness, owed, effects::add);
        Allowance allowance = new Allowance(effects::add);
        admission =
                new Admission(
                        enforcement,
                        new SemaphoreTable(options.vertexLimit(), effects::add),
                        roster.tally(),
                        allowance,
                        roster.companies(),
                        effects::add);
        course = new Course(roster, owed, admission, allowance, new Pauses(random), effects::add);
        exports = new Exports(options.host(), effects::add);
        collected = new Collected(Collected.Matter.EXPORTS, effects::add);
        values = new Collected(Collected.Matter.VALUES, effects::add);
    }

    /** What is to be done now, in this order. */
    public List<Effect> take(Input input) {
        step(input);
        admission.admit();
        advance();
        List<Effect> asked = List.copyOf(effects);
        effects.clear();
        return asked;
    }

    public EngineStatus status() {
        return new EngineStatus(
                current == null ? 0 : current.revision(),
                seenOf(collected, reads(GraphDefinition::collects)),
                seenOf(values, reads(GraphDefinition::keys)),
                phase,
                roster.tally().activity(),
                roster.tally().counts(),
                roster.readiness().failures(roster.vertices()),
                roster.readiness().blocked(roster.vertices()));
    }

    /** What runs now. */
    ResourceGraph graph() {
        return graph;
    }

    private void step(Input input) {
        switch (input) {
            case Input.Recalled(List<ResourceId> earlier) -> owed.recall(earlier);
            case Input.Submitted(GraphDefinition graph, long revision) ->
                    waiting = new Submission(graph, revision, Occasion.SUBMITTED);
            case Input.Built built -> built(built);
            case Input.Unfit unfit -> unfit(unfit);
            case Input.WatchStarted(Ticket vertex) -> course.watchStarted(vertex);
            case Input.WatchEnded(Ticket vertex, String reason) ->
                    course.watchEnded(vertex, reason);
            case Input.Disturbed(Ticket vertex) -> course.disturbed(vertex);
            case Input.Ran ran -> course.ran(ran.vertex(), ran.outcome());
            case Input.GaveOther(Ticket vertex) -> course.gaveOther(vertex);
            case Input.Wrote(EngineEvent.Output line) -> tell(line);
            case Input.Rang(Timer timer) -> rang(timer);
            case Input.PlaceGiven(long number) -> admission.given(number);
            case Input.Noticed(String text) -> tell(new EngineEvent.Notice(text));
            case Input.ExportsRead read -> exports.read(read.entries());
            case Input.ExportsCommitted(long revision) -> exports.committed(revision);
            case Input.ExportsFailed(String reason) -> exports.failed(reason);
            case Input.CollectionOpened(Effect.Subscription which, World.Snapshot snapshot) -> {
                exports.storeIsAt(snapshot.revision());
                recollect(collected.opened(which, snapshot));
                recollect(values.opened(which, snapshot));
            }
            case Input.CollectionChanged(
                            Effect.Subscription which,
                            long revision,
                            List<World.Change> changes) -> {
                recollect(collected.changed(which, revision, changes));
                recollect(values.changed(which, revision, changes));
            }
            case Input.CollectionEnded(Effect.Subscription which, String reason) -> {
                collected.ended(which, reason);
                values.ended(which, reason);
            }
            case Input.Said(Keeper.StoreWrite write) -> values.wrote(write.key(), write.revision());
            case Input.StopAsked() -> stop();
        }
    }

    private void rang(Timer timer) {
        switch (timer) {
            case Timer.VertexTimer vertexTimer -> course.rang(vertexTimer);
            case Timer.WorldTimer(Errand errand) -> {
                if (ending != Ending.NONE) {
                    return;
                }
                switch (errand) {
                    case EXPORTS -> exports.rang();
                    case COLLECTION -> collected.rang();
                    case VALUES -> values.rang();
                }
            }
        }
    }

    private void recollect(boolean differs) {
        if (differs) {
            recollection = Recollection.NEEDED;
        }
    }

    private void stop() {
        ending = Ending.ASKED;
        waiting = null;
        course.stop();
        course.clearQueue();
        collected.close();
        values.close();
    }

    private void advance() {
        if (ending != Ending.NONE) {
            finish();
            return;
        }
        build();
        if (recollection == Recollection.NONE && building == null) {
            collected.upToDate();
            values.upToDate();
        }
        phase = phase();
    }

    private void finish() {
        boolean over = admission.still() && building == null && !exports.underWay();
        if (over && ending == Ending.ASKED) {
            ending = Ending.FINISHED;
            effects.add(new Effect.Finish());
        }
    }

    /** Begins to build what waits, or the running graph again if other things are collected now. */
    private void build() {
        Submission next = waiting;
        if (next == null && recollection == Recollection.NEEDED && current != null) {
            next = current.recollected();
        }
        if (next == null || building != null) {
            return;
        }
        boolean exportsKnown = collected.follow(kinds(next.graph()));
        boolean valuesKnown = values.follow(next.graph().keys());
        if (!exportsKnown || !valuesKnown) {
            return;
        }
        waiting = null;
        recollection = Recollection.NONE;
        building = next;
        collected.buildBegins();
        values.buildBegins();
        effects.add(
                new Effect.Build(
                        next.graph(), next.revision(), collected.entries(), values.entries()));
    }

    private static Set<String> kinds(GraphDefinition graph) {
        return graph.collects().stream().map(Collect::kind).collect(Collectors.toSet());
    }

    private void built(Input.Built built) {
        Submission done = building;
        building = null;
        if (done == null || waiting != null || ending != Ending.NONE) {
            return;
        }
        tellNotices(built.notices());
        current = done.as(built.definition());
        graph = built.graph();
        collected.buildEnds();
        values.buildEnds();
        course.clearQueue();
        Roster.Switch change = roster.take(built.graph());
        if (done.occasion() == Occasion.SUBMITTED || !change.changesNothing()) {
            course.regraphed();
            tell(
                    new EngineEvent.GraphSwitched(
                            done.revision(),
                            done.graph().name(),
                            change.added(),
                            change.changed(),
                            change.removed(),
                            change.kept()));
        }
        course.startAll();
        closeUnread();
        if (enforcement == Enforcement.APPLY) {
            exports.want(built.definition().exports());
        }
    }

    private void unfit(Input.Unfit unfit) {
        boolean overtaken = waiting != null || ending != Ending.NONE;
        building = null;
        if (overtaken) {
            return;
        }
        tellNotices(unfit.notices());
        collected.buildEnds();
        values.buildEnds();
        tell(new EngineEvent.GraphRefused(unfit.revision(), unfit.problems()));
        closeUnread();
    }

    /** Follows no longer what the running graph does not ask for. */
    private void closeUnread() {
        if (!reads(GraphDefinition::collects)) {
            collected.close();
        }
        if (!reads(GraphDefinition::keys)) {
            values.close();
        }
    }

    private boolean reads(Function<GraphDefinition, Collection<?>> what) {
        return current != null && !what.apply(current.graph()).isEmpty();
    }

    /** What was said of the same graph before is not said again. */
    private void tellNotices(List<String> notices) {
        for (String notice : notices) {
            if (!lastNotices.contains(notice)) {
                tell(new EngineEvent.Notice(notice));
            }
        }
        lastNotices = notices;
    }

    private void tell(EngineEvent event) {
        effects.add(new Effect.Tell(event));
    }

    private long seenOf(Collected matter, boolean isRead) {
        return isRead || current == null ? matter.acted() : Long.MAX_VALUE;
    }

    private Phase phase() {
        boolean settled =
                current != null
                        && waiting == null
                        && building == null
                        && recollection == Recollection.NONE
                        && exports.quiet()
                        && collected.quiet()
                        && values.quiet()
                        && seenOf(collected, reads(GraphDefinition::collects)) >= exports.written()
                        && roster.tally().quiet()
                        && !roster.someoneLeaves();
        if (settled) {
            return Phase.IDLE;
        }
        return phase == Phase.PREPARING ? Phase.PREPARING : Phase.WORKING;
    }
}
