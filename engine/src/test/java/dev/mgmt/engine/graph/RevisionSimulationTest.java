package dev.mgmt.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A graph that is revised is the graph that would have been built. */
class RevisionSimulationTest {
    private static final int ROUNDS = 3000;
    private static final HostKnowledge HOST =
            new HostKnowledge() {
                @Override
                public Set<Path> shippedBy(String packageName) {
                    return Set.of();
                }

                @Override
                public Optional<Object> groupKey(Resource resource) {
                    return Optional.of(assertInstanceOf(Sheet.class, resource).key());
                }
            };

    /** Only its text is nothing that an edge or a group follows from. */
    private record Sheet(ResourceId id, Meta meta, Path path, int key, String text)
            implements Resource {
        @Override
        public List<Thing> makes() {
            return List.of(new Thing.At(path));
        }

        @Override
        public List<Need> needs() {
            return List.of(new Need.DirectoryAbove(path));
        }

        Sheet copy() {
            return new Sheet(id, meta, path, key, text);
        }
    }

    private enum Edit {
        NONE,
        TEXT,
        PATH,
        KEY,
        META,
        ORDER,
        REMOVAL,
        EDGE,
        COLLECT;

        boolean keepsTheShape() {
            return this == NONE || this == TEXT;
        }
    }

    @Test
    void aRevisedGraphIsTheOneThatWouldHaveBeenBuilt() {
        long seed = new Random().nextLong();
        System.out.println("RevisionSimulationTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            GraphDefinition former = definition(random);
            Edit edit = Edit.values()[random.nextInt(Edit.values().length)];
            check(
                    former,
                    edited(former, edit, random),
                    edit,
                    "seed " + seed + ", round " + round + ", " + edit);
        }
    }

    private static void check(
            GraphDefinition former, GraphDefinition next, Edit edit, String where) {
        ResourceGraph before = build(former);
        Optional<ResourceGraph> revised = before.revised(former, next, HOST);
        assertEquals(edit.keepsTheShape(), revised.isPresent(), where);
        if (revised.isEmpty()) {
            return;
        }
        ResourceGraph anew = build(next);
        ResourceGraph graph = revised.get();
        assertEquals(anew.name(), graph.name(), where);
        assertEquals(anew.resources(), graph.resources(), where);
        assertEquals(
                List.copyOf(anew.resources().values()),
                List.copyOf(graph.resources().values()),
                where);
        assertEquals(List.copyOf(anew.edges()), List.copyOf(graph.edges()), where);
        assertEquals(anew.groups(), graph.groups(), where);
        assertEquals(anew.topologicalOrder(), graph.topologicalOrder(), where);
        assertTrue(graph.hasShapeOf(before), where);
        assertFalse(anew.hasShapeOf(before), where);
        for (Resource resource : before.resources().values()) {
            Resource after = graph.resource(resource.id()).orElseThrow();
            if (resource.equals(after)) {
                assertSame(resource, after, where);
            }
        }
    }

    private static ResourceGraph build(GraphDefinition definition) {
        return assertInstanceOf(
                        GraphBuilding.Built.class, ResourceGraph.of(definition, List.of(), HOST))
                .graph();
    }

    private static GraphDefinition definition(Random random) {
        List<Resource> resources = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        int size = 2 + random.nextInt(10);
        for (int i = 0; i < size; i++) {
            Path path = Path.of("/d" + random.nextInt(2), "e" + random.nextInt(2), "f" + i);
            ResourceId id = new ResourceId("sheet", "s" + i);
            resources.add(new Sheet(id, Meta.NONE, path, random.nextInt(2), "t"));
            if (i > 0 && random.nextInt(3) == 0) {
                edges.add(new Edge.Order(resources.get(random.nextInt(i)).id(), id));
            }
        }
        return new GraphDefinition("g", resources, List.of(), edges, List.of(), Optional.empty());
    }

    private static GraphDefinition edited(GraphDefinition former, Edit edit, Random random) {
        List<Resource> resources = new ArrayList<>();
        for (Resource resource : former.resources()) {
            resources.add(assertInstanceOf(Sheet.class, resource).copy());
        }
        List<Edge> edges = new ArrayList<>(former.edges());
        List<Collect> collects = new ArrayList<>();
        int place = random.nextInt(resources.size());
        Sheet sheet = assertInstanceOf(Sheet.class, resources.get(place));
        switch (edit) {
            case NONE -> {}
            case TEXT -> resources.set(place, with(sheet, sheet.path(), sheet.key(), "other"));
            case PATH -> resources.set(place, with(sheet, Path.of("/x/y"), sheet.key(), "t"));
            case KEY -> resources.set(place, with(sheet, sheet.path(), 7, "t"));
            case META -> {
                Part less = Part.any("x", "x").without(Meta.Trait.AUTOGROUP);
                resources.set(
                        place, new Sheet(sheet.id(), less.meta(), sheet.path(), sheet.key(), "t"));
            }
            case ORDER -> Collections.rotate(resources, 1);
            case REMOVAL -> {
                edges.clear();
                resources.remove(place);
            }
            case EDGE ->
                    edges.add(new Edge.Notify(resources.getFirst().id(), resources.getLast().id()));
            case COLLECT -> collects.add(new Collect("sheet", ""));
        }
        return new GraphDefinition("h", resources, List.of(), edges, collects, Optional.empty());
    }

    private static Sheet with(Sheet sheet, Path path, int key, String text) {
        return new Sheet(sheet.id(), sheet.meta(), path, key, text);
    }
}
