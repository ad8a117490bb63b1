package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One vertex' standing. Belongs to the owner of the run; {@link Course} changes it.
 *
 * <p>A vertex is <em>blocked</em> if it is due and a predecessor has failed or is blocked; with
 * {@code realize}, one that is merely unwatched is not in the way.
 */
final class Vertex {
    /** Why it is there. */
    enum Role {
        /** The graph has it. */
        PRESENT,
        /** Undoes what has left the graph, and goes when that is done. */
        UNDO,
        /** Does nothing: carries the order of undoing from one to the next. */
        PASSAGE
    }

    /** What its dependants go by. */
    enum Standing {
        /** Must run: never ran, or something happened since. */
        DUE,
        GOOD,
        /** Its tries are spent. */
        FAILED,
        /**
         * Was as wanted when it last ran, but its watch has ended and the tries to make it anew are
         * spent: a failure for all but those dependants that make do with it.
         */
        UNWATCHED;

        boolean failed() {
            return this == FAILED || this == UNWATCHED;
        }
    }

    /** How much of its time a run has used. */
    enum Punctuality {
        IN_TIME,
        /** Was told to stop. */
        OVERDUE
    }

    /** What it is doing. */
    enum Stage {
        RESTING,
        /** Waits for semaphores. */
        QUEUED,
        RUNNING,
        /** Waits for its next try. */
        PAUSED
    }

    /** Why it runs. A probe is a poll's look at a vertex that is settled: it disturbs nobody. */
    enum Errand {
        MEND,
        PROBE
    }

    enum Watching {
        /** Needs none: polled, or nothing outside changes it. */
        NEEDLESS,
        STARTING,
        ON,
        /** Ended by itself; waits for its next try. */
        PAUSED,
        /** Ended by itself, and its tries are spent. */
        SPENT
    }

    /** Whether something happened while it ran. */
    enum Interlude {
        QUIET,
        DISTURBED
    }

    /** Whether noop keeps it from being mended. */
    enum Verdict {
        AS_WANTED,
        WOULD_CHANGE
    }

    record Arc(Vertex to, Effects effects) {
        enum Effects {
            ORDER,
            NOTIFY
        }
    }

    final Role role;
    final Ticket ticket;
    final Resource resource;
    final Meta meta;
    final List<Arc> arcs = new ArrayList<>(2);

    /** The last graph it is in, by the roster's count. */
    long graph;

    Standing standing = Standing.DUE;
    Stage stage = Stage.RESTING;
    Errand errand = Errand.MEND;
    Watching watching = Watching.NEEDLESS;
    Interlude interlude = Interlude.QUIET;
    Punctuality punctuality = Punctuality.IN_TIME;
    Refresh refresh = Refresh.NONE;

    /** The refresh that the present run has with it; owed again if the run does not succeed. */
    Refresh carried = Refresh.NONE;

    Verdict verdict = Verdict.AS_WANTED;

    /** Predecessors that are not good. */
    int unready;

    /** Predecessors that failed or are blocked, and are in its way. */
    int stuck;

    /** Those it may be run with in one action. */
    @Nullable Company company;

    /** What it runs in, or waits in for semaphores. */
    @Nullable Turn turn;

    /** Whether it, or one before it, has met an error since the graph came. */
    boolean hesitant;

    /** Whether each of its polls refreshes along notify edges. */
    boolean ticks;

    /** Whether it was as wanted, or changed, at any time: there is something to undo. */
    boolean made;

    /** Tokens that are out of its bucket. */
    int spent;

    /** How many runs it has begun. */
    long runs;

    int tries;
    int watchTries;
    long timer;
    long watchTimer;
    int changes;
    String reason = "";

    Vertex(Ticket ticket, Resource resource) {
        this(Role.PRESENT, ticket, resource, resource.meta());
    }

    Vertex(Role role, Ticket ticket, Resource resource, Meta meta) {
        this.role = role;
        this.ticket = ticket;
        this.resource = resource;
        this.meta = meta;
    }

    /** Whether so many tries after an error leave one more. */
    boolean mayTryAgain(int made) {
        return meta.retries().times() < 0 || made < meta.retries().times();
    }

    boolean polled() {
        return !meta.poll().isZero();
    }

    /** Cannot run until something changes before it. */
    boolean blocked() {
        return standing == Standing.DUE && stuck > 0;
    }

    boolean ready() {
        return unready == 0
                && stage == Stage.RESTING
                && (watching == Watching.ON || watching == Watching.NEEDLESS);
    }

    /** Has something under way, or will have without anything new happening. */
    boolean busy() {
        if (watching == Watching.STARTING || watching == Watching.PAUSED) {
            return true;
        }
        if (stage != Stage.RESTING) {
            return errand == Errand.MEND;
        }
        return standing == Standing.DUE && stuck == 0;
    }
}
