package dev.mgmt.engine.graph;

import static dev.mgmt.engine.graph.AutoGroupTest.graph;
import static dev.mgmt.engine.graph.Graphs.noop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutoGroupSimulationTest {
    private static final int ROUNDS = 2000;

    @Test
    void groupsOfAnyGraphCanBeRunOneAfterTheOther() {
        long seed = new Random().nextLong();
        System.out.println("AutoGroupSimulationTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String where = "seed " + seed + ", round " + round;
            checkAny(random, where);
        }
    }

    private static void checkAny(Random random, String where) {
        int size = 2 + random.nextInt(60);
        int keys = 1 + random.nextInt(25);
        List<Resource> resources = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String key = random.nextInt(4) == 0 ? "" : "k" + random.nextInt(keys) + "-";
            resources.add(noop(key + i, ""));
            for (int from = 0; from < i; from++) {
                if (random.nextInt(size) == 0) {
                    edges.add(new Edge.Order(resources.get(from).id(), resources.get(i).id()));
                }
            }
        }
        ResourceGraph graph = graph(resources, edges.toArray(Edge[]::new));
        Set<ResourceId> seen = new HashSet<>();
        for (List<ResourceId> members : graph.groups()) {
            assertTrue(members.size() > 1, where);
            members.forEach(member -> assertTrue(seen.add(member), where));
            String key = key(members.getFirst());
            members.forEach(member -> assertEquals(key, key(member), where));
        }
        assertRunsThrough(graph, where);
    }

    private static String key(ResourceId id) {
        return id.name().substring(0, id.name().indexOf('-'));
    }

    /** Each action runs when all that stands before its members has run; in the end all have. */
    private static void assertRunsThrough(ResourceGraph graph, String where) {
        List<List<ResourceId>> actions = new ArrayList<>(graph.groups());
        Set<ResourceId> grouped = new HashSet<>();
        actions.forEach(grouped::addAll);
        for (ResourceId id : graph.resources().keySet()) {
            if (!grouped.contains(id)) {
                actions.add(List.of(id));
            }
        }
        Set<ResourceId> done = new HashSet<>();
        boolean goesOn = true;
        while (goesOn) {
            goesOn =
                    actions.removeIf(
                            members -> {
                                boolean ready = true;
                                for (ResourceId member : members) {
                                    ready &= done.containsAll(graph.predecessors(member));
                                }
                                if (ready) {
                                    done.addAll(members);
                                }
                                return ready;
                            });
        }
        assertEquals(List.of(), actions, where + ": these wait for each other");
    }
}
