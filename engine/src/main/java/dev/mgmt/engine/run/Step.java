package dev.mgmt.engine.run;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.driver.ResourceDriver.Freshness;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.run.Timer.Errand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
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
    private final Roster roster;
    private final Admission admission;
    private final Course course;
    private final Exports exports;
    private final Collected collected;
    private final Enforcement enforcement;

    private @Nullable Submission waiting;
    private @Nullable Submission building;
    private @Nullable Submission current;
    private ResourceGraph graph = ResourceGraph.empty();

    /** What is collected has changed since the last build began. */
    private Recollection recollection = Recollection.NONE;

    /** The store's revision that the running graph was built from. */
    private long acted;

    /** The same for the graph being built. */
    private long buildingFrom;

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
        roster = new Roster(freshness, effects::add);
        Allowance allowance = new Allowance(effects::add);
        admission =
                new Admission(
                        enforcement,
                        new SemaphoreTable(options.vertexLimit()),
                        roster.tally(),
                        allowance,
                        roster.companies(),
                        effects::add);
        course = new Course(roster, admission, allowance, new Pauses(random), effects::add);
        exports = new Exports(options.host(), effects::add);
        collected = new Collected(effects::add);
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
                seen(),
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
            case Input.ExportsRead read -> exports.read(read.entries());
            case Input.ExportsCommitted(long revision) -> exports.committed(revision);
            case Input.ExportsFailed(String reason) -> exports.failed(reason);
            case Input.CollectionOpened opened -> {
                exports.storeIsAt(opened.snapshot().revision());
                recollect(collected.opened(opened.subscription(), opened.snapshot()));
            }
            case Input.CollectionChanged changed ->
                    recollect(
                            collected.changed(
                                    changed.subscription(), changed.revision(), changed.changes()));
            case Input.CollectionEnded(long subscription, String reason) ->
                    collected.ended(subscription, reason);
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
        collected.close();
    }

    private void advance() {
        if (ending != Ending.NONE) {
            finish();
            return;
        }
        build();
        if (recollection == Recollection.NONE && building == null && collected.open()) {
            acted = collected.taken();
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
        if (!next.graph().collects().isEmpty()) {
            collected.follow(next.graph().collects());
            if (!collected.open()) {
                return;
            }
        }
        waiting = null;
        recollection = Recollection.NONE;
        building = next;
        buildingFrom = collected.taken();
        effects.add(new Effect.Build(next.graph(), next.revision(), collected.entries()));
    }

    private void built(Input.Built built) {
        Submission done = building;
        building = null;
        if (done == null || waiting != null || ending != Ending.NONE) {
            return;
        }
        tellNotices(built.notices());
        current = done;
        graph = built.graph();
        acted = buildingFrom;
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
        if (done.graph().collects().isEmpty()) {
            collected.close();
        }
        if (enforcement == Enforcement.APPLY) {
            exports.want(done.graph().exports());
        }
    }

    private void unfit(Input.Unfit unfit) {
        boolean overtaken = waiting != null || ending != Ending.NONE;
        building = null;
        if (overtaken) {
            return;
        }
        tellNotices(unfit.notices());
        acted = buildingFrom;
        tell(new EngineEvent.GraphRefused(unfit.revision(), unfit.problems()));
        if (current == null || current.graph().collects().isEmpty()) {
            collected.close();
        }
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

    private long seen() {
        boolean collects = current != null && !current.graph().collects().isEmpty();
        return collects || current == null ? acted : Long.MAX_VALUE;
    }

    private Phase phase() {
        boolean settled =
                current != null
                        && waiting == null
                        && building == null
                        && recollection == Recollection.NONE
                        && exports.quiet()
                        && collected.quiet()
                        && seen() >= exports.written()
                        && roster.tally().quiet()
                        && !roster.someoneLeaves();
        if (settled) {
            return Phase.IDLE;
        }
        return phase == Phase.PREPARING ? Phase.PREPARING : Phase.WORKING;
    }
}
