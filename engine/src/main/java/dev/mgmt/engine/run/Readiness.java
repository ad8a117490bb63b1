package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineStatus.Failure;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.run.Vertex.Role;
import dev.mgmt.engine.run.Vertex.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Carries a vertex' standing to its dependants, so that "are all predecessors good" and "is a
 * predecessor in the way" are two counters and never a search.
 *
 * <p>Holds between calls, for every vertex: {@code unready} is the number of arcs into it from
 * vertices that do not let it run yet, {@code stuck} that from vertices that never will as they
 * stand.
 */
final class Readiness {
    private final Tally tally;
    private final Deque<Vertex> turned = new ArrayDeque<>();
    private List<Failure> failures = List.of();
    private List<ResourceId> blocked = List.of();
    private boolean listed = true;

    Readiness(Tally tally) {
        this.tally = tally;
    }

    /** Counts everything afresh, for new arcs. */
    void recount(Collection<Vertex> vertices) {
        listed = false;
        tally.clear();
        for (Vertex vertex : vertices) {
            vertex.unready = 0;
            vertex.stuck = 0;
        }
        for (Vertex vertex : vertices) {
            tally.with(vertex);
        }
        for (Vertex vertex : vertices) {
            for (Vertex.Arc arc : vertex.arcs) {
                arc.to().unready += opens(vertex.standing, arc.to()) ? 0 : 1;
            }
            if (vertex.standing.failed()) {
                for (Vertex.Arc arc : vertex.arcs) {
                    if (hinders(vertex.standing, Way.FREE, arc.to())) {
                        shiftStuck(arc.to(), 1);
                    }
                }
                spread(1);
            }
        }
    }

    /** Gives a vertex a standing; returns whether it is another one than before. */
    boolean settle(Vertex vertex, Standing standing) {
        Standing before = vertex.standing;
        if (before == standing) {
            return false;
        }
        Way wayBefore = Way.of(vertex);
        tally.without(vertex);
        vertex.standing = standing;
        tally.with(vertex);
        Way way = Way.of(vertex);
        listed &= !before.failed() && !standing.failed() && way == wayBefore;
        int turn = 0;
        for (Vertex.Arc arc : vertex.arcs) {
            Vertex to = arc.to();
            to.unready += (opens(standing, to) ? 0 : 1) - (opens(before, to) ? 0 : 1);
            int step =
                    (hinders(standing, way, to) ? 1 : 0) - (hinders(before, wayBefore, to) ? 1 : 0);
            if (step != 0) {
                shiftStuck(to, step);
                turn = step;
            }
        }
        spread(turn);
        return true;
    }

    /** Whether something stands before a vertex that is due. */
    private enum Way {
        FREE,
        BLOCKED;

        static Way of(Vertex vertex) {
            return vertex.blocked() ? BLOCKED : FREE;
        }
    }

    /** Whether a vertex of this standing lets this dependant run. */
    private static boolean opens(Standing standing, Vertex to) {
        return switch (standing) {
            case GOOD -> true;
            case UNWATCHED -> to.meta.has(Trait.REALIZE);
            case DUE, FAILED -> false;
        };
    }

    /** Whether a vertex of this standing keeps this dependant from running till it changes. */
    private static boolean hinders(Standing standing, Way way, Vertex to) {
        return switch (standing) {
            case GOOD -> false;
            case FAILED -> true;
            case UNWATCHED -> !to.meta.has(Trait.REALIZE);
            case DUE -> way == Way.BLOCKED;
        };
    }

    /** Failed vertices, those first that no other failure stands before. */
    List<Failure> failures(Collection<Vertex> vertices) {
        list(vertices);
        return failures;
    }

    List<ResourceId> blocked(Collection<Vertex> vertices) {
        list(vertices);
        return blocked;
    }

    private void shiftStuck(Vertex vertex, int step) {
        listed = false;
        boolean wasBlocked = vertex.blocked();
        tally.without(vertex);
        vertex.stuck += step;
        tally.with(vertex);
        if (wasBlocked != vertex.blocked()) {
            turned.add(vertex);
        }
    }

    /** Those that have turned have all begun (+1), or all ceased (-1), to be blocked. */
    private void spread(int step) {
        for (Vertex vertex = turned.poll(); vertex != null; vertex = turned.poll()) {
            for (Vertex.Arc arc : vertex.arcs) {
                shiftStuck(arc.to(), step);
            }
        }
    }

    private void list(Collection<Vertex> vertices) {
        if (listed) {
            return;
        }
        listed = true;
        List<Failure> roots = new ArrayList<>();
        List<Failure> behind = new ArrayList<>();
        List<ResourceId> waiting = new ArrayList<>();
        for (Vertex vertex : vertices) {
            if (vertex.standing.failed()) {
                (vertex.stuck == 0 ? roots : behind)
                        .add(new Failure(vertex.ticket.id(), vertex.reason));
            } else if (vertex.blocked() && vertex.role != Role.PASSAGE) {
                waiting.add(vertex.ticket.id());
            }
        }
        roots.addAll(behind);
        failures = List.copyOf(roots);
        blocked = List.copyOf(waiting);
    }
}
