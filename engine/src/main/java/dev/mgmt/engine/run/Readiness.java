package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineStatus.Failure;
import dev.mgmt.engine.resource.ResourceId;
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
 * vertices that are not good, {@code stuck} that from vertices that block.
 */
final class Readiness {
    private final Tally tally;
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
            if (vertex.standing != Standing.GOOD) {
                shiftUnready(vertex, 1);
            }
            if (vertex.standing == Standing.FAILED) {
                spread(vertex, 1);
            }
        }
    }

    /** Gives a vertex a standing; returns whether it is another one than before. */
    boolean settle(Vertex vertex, Standing standing) {
        if (vertex.standing == standing) {
            return false;
        }
        boolean wasGood = vertex.standing == Standing.GOOD;
        boolean wasBlocking = vertex.blocks();
        listed &= vertex.standing != Standing.FAILED && standing != Standing.FAILED;
        tally.without(vertex);
        vertex.standing = standing;
        tally.with(vertex);
        if (wasGood) {
            shiftUnready(vertex, 1);
        } else if (standing == Standing.GOOD) {
            shiftUnready(vertex, -1);
        }
        if (wasBlocking != vertex.blocks()) {
            spread(vertex, wasBlocking ? -1 : 1);
        }
        return true;
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

    private void shiftUnready(Vertex vertex, int step) {
        for (Vertex.Arc arc : vertex.arcs) {
            arc.to().unready += step;
        }
    }

    /** {@code from} has begun (+1) or ceased (-1) to block; so do, in turn, those behind it. */
    private void spread(Vertex from, int step) {
        listed = false;
        Deque<Vertex> turned = new ArrayDeque<>();
        turned.add(from);
        for (Vertex vertex = turned.poll(); vertex != null; vertex = turned.poll()) {
            for (Vertex.Arc arc : vertex.arcs) {
                Vertex dependant = arc.to();
                boolean wasBlocking = dependant.blocks();
                tally.without(dependant);
                dependant.stuck += step;
                tally.with(dependant);
                if (wasBlocking != dependant.blocks()) {
                    turned.add(dependant);
                }
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
            if (vertex.standing == Standing.FAILED) {
                (vertex.stuck == 0 ? roots : behind)
                        .add(new Failure(vertex.ticket.id(), vertex.reason));
            } else if (vertex.blocked()) {
                waiting.add(vertex.ticket.id());
            }
        }
        roots.addAll(behind);
        failures = List.copyOf(roots);
        blocked = List.copyOf(waiting);
    }
}
