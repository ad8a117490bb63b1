package dev.mgmt.engine.graph;

import static dev.mgmt.engine.graph.Graphs.built;
import static dev.mgmt.engine.graph.Graphs.definition;
import static dev.mgmt.engine.graph.Graphs.noop;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphDiffSimulationTest {
    private static final int ROUNDS = 500;

    @Test
    void theDifferenceTurnsTheOldGraphIntoTheNew() {
        long seed = new Random().nextLong();
        System.out.println("GraphDiffSimulationTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            ResourceGraph before = randomGraph(random);
            ResourceGraph after = randomGraph(random);
            check(before, after, "seed " + seed + ", round " + round);
        }
    }

    private static ResourceGraph randomGraph(Random random) {
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            if (random.nextInt(3) > 0) {
                resources.add(noop("v" + i, "comment " + random.nextInt(2)));
            }
        }
        return built(definition(resources));
    }

    private static void check(ResourceGraph before, ResourceGraph after, String where) {
        GraphDiff diff = GraphDiff.between(before, after);
        Map<ResourceId, Resource> turned = new HashMap<>(before.resources());
        diff.removed().forEach(turned::remove);
        diff.added().forEach(id -> turned.put(id, after.resources().get(id)));
        diff.changed().forEach(id -> turned.replace(id, after.resources().get(id)));
        assertEquals(after.resources(), turned, where);

        for (ResourceId id : diff.kept()) {
            assertEquals(before.resource(id), after.resource(id), where);
        }
        Set<ResourceId> all = new HashSet<>(before.resources().keySet());
        all.addAll(after.resources().keySet());
        List<ResourceId> listed = new ArrayList<>(diff.added());
        listed.addAll(diff.changed());
        listed.addAll(diff.removed());
        listed.addAll(diff.kept());
        assertEquals(all.size(), listed.size(), where);
        assertEquals(all, new HashSet<>(listed), where);
        for (ResourceId id : diff.changed()) {
            assertEquals(false, before.resource(id).equals(after.resource(id)), where);
        }
    }
}
