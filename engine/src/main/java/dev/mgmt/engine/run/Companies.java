package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets vertices of one group run in one action. After a switch of graphs a company waits until each
 * of its members that is due may run or is blocked, and then sets out with those who may; from then
 * on those go together who become ready in the same step.
 *
 * <p>This never brings a run to a halt: the graph stays without a cycle if each group is made one
 * vertex, so there is always someone who waits for nobody. Nor does a company wait for what may
 * never come: a member that tries again after an error, or stands behind one that does, is
 * <em>hesitant</em>, and the others go without it.
 */
final class Companies {
    private final Tally tally;
    private final Set<Company> touched = new LinkedHashSet<>();

    /** All of this graph that have not set out yet. */
    private final Set<Company> gathering = new LinkedHashSet<>();

    private final List<Vertex> hesitants = new ArrayList<>();
    private List<Company> all = List.of();
    private long troubles;

    Companies(Tally tally) {
        this.tally = tally;
    }

    /** Takes the new graph's groups; nobody is in a lobby now. */
    void take(List<List<ResourceId>> groups, Map<ResourceId, Vertex> present) {
        for (Company company : all) {
            company.members.forEach(member -> member.company = null);
        }
        hesitants.forEach(vertex -> vertex.hesitant = false);
        hesitants.clear();
        touched.clear();
        gathering.clear();
        List<Company> taken = new ArrayList<>(groups.size());
        for (List<ResourceId> group : groups) {
            List<Vertex> members = new ArrayList<>(group.size());
            for (ResourceId id : group) {
                Vertex member = present.get(id);
                if (member != null) {
                    members.add(member);
                }
            }
            Company company = new Company(members);
            members.forEach(member -> member.company = company);
            taken.add(company);
        }
        gathering.addAll(taken);
        all = taken;
    }

    void enter(Company company, Vertex vertex) {
        company.lobby.add(vertex);
        touched.add(company);
    }

    /** It may not run after all. */
    void leave(Vertex vertex) {
        Company company = vertex.company;
        if (company != null) {
            company.lobby.remove(vertex);
        }
    }

    /** Has met an error and will try again: nobody is to wait for it or for those behind it. */
    void hesitate(Vertex vertex) {
        if (gathering.isEmpty()) {
            return;
        }
        Deque<Vertex> open = new ArrayDeque<>();
        mark(vertex, open);
        for (Vertex next = open.poll(); next != null; next = open.poll()) {
            for (Arc arc : next.arcs) {
                if (arc.to().standing == Standing.DUE) {
                    mark(arc.to(), open);
                }
            }
        }
    }

    /** Who is to run now: the last question of a step. */
    List<Turn> depart() {
        if (tally.troubles() != troubles) {
            // Somebody who was waited for may have failed or be blocked.
            troubles = tally.troubles();
            touched.addAll(gathering);
        }
        if (touched.isEmpty()) {
            return List.of();
        }
        List<Turn> turns = new ArrayList<>(touched.size());
        for (Company company : touched) {
            if (company.sets()) {
                gathering.remove(company);
                turns.add(Turn.of(company.lobby));
                company.lobby.clear();
            }
        }
        touched.clear();
        return turns;
    }

    private void mark(Vertex vertex, Deque<Vertex> open) {
        if (vertex.hesitant) {
            return;
        }
        vertex.hesitant = true;
        hesitants.add(vertex);
        open.add(vertex);
        if (vertex.company != null) {
            touched.add(vertex.company);
        }
    }
}
