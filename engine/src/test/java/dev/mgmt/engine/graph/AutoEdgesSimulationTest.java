package dev.mgmt.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutoEdgesSimulationTest {
    private static final int ROUNDS = 2000;

    @Test
    void generatedEdgesNeverCloseACycleAndAreLeftOutForNoOtherReason() {
        long seed = new Random().nextLong();
        System.out.println("AutoEdgesSimulationTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            check(random, "seed " + seed + ", round " + round);
        }
    }

    private static void check(Random random, String where) {
        List<Resource> resources = resources(random);
        List<Edge> edges = edges(random, resources);
        HostKnowledge host = host(random);
        GraphBuilding.Built built = build(resources, edges, host);
        ResourceGraph graph = built.graph();

        assertOrdered(graph, where);
        assertTrue(graph.edges().containsAll(edges), where);
        Set<Edge> wished = wished(resources, host);
        for (Edge edge : graph.edges()) {
            switch (graph.origin(edge)) {
                case Origin.Declared() -> assertTrue(edges.contains(edge), where);
                case Origin.Generated _ -> assertTrue(wished.contains(edge), where + edge);
            }
        }
        int leftOut = 0;
        for (Edge edge : wished) {
            boolean there = new HashSet<>(graph.successors(edge.from())).contains(edge.to());
            if (!there) {
                leftOut++;
                assertTrue(reaches(graph, edge.to(), edge.from()), where + " without " + edge);
            }
        }
        assertEquals(leftOut == 0, built.warnings().isEmpty(), where);

        Collections.shuffle(resources, random);
        Collections.shuffle(edges, random);
        GraphBuilding.Built again = build(resources, edges, host);
        assertEquals(Set.copyOf(graph.edges()), Set.copyOf(again.graph().edges()), where);
        assertEquals(built.warnings(), again.warnings(), where);
    }

    private static void assertOrdered(ResourceGraph graph, String where) {
        Map<ResourceId, Integer> position = new HashMap<>();
        graph.topologicalOrder().forEach(id -> position.put(id, position.size()));
        assertEquals(graph.size(), position.size(), where);
        for (Edge edge : graph.edges()) {
            int from = position.getOrDefault(edge.from(), graph.size());
            assertTrue(from < position.getOrDefault(edge.to(), -1), where);
        }
    }

    /** The edges there would be if cycles did not matter: every pair is looked at. */
    private static Set<Edge> wished(List<Resource> resources, HostKnowledge host) {
        Set<Edge> wished = new HashSet<>();
        for (Resource one : resources) {
            for (Need need : one.needs()) {
                wished.addAll(wished(one, need, resources, host));
            }
            for (Resource other : resources) {
                if (ships(one, host).stream().anyMatch(path -> path.equals(path(other)))) {
                    wished.add(new Edge.Order(one.id(), other.id()));
                }
            }
        }
        wished.removeIf(edge -> edge.from().equals(edge.to()));
        return wished;
    }

    private static Set<Edge> wished(
            Resource one, Need need, List<Resource> resources, HostKnowledge host) {
        Set<Edge> wished = new HashSet<>();
        for (Resource other : resources) {
            boolean concerns =
                    switch (need) {
                        case Need.Of(Thing thing) ->
                                other.makes().contains(thing) || other.removes().contains(thing);
                        case Need.FirstOf _ -> throw new AssertionError("not in this simulation");
                        case Need.DirectoryAbove(Path path) ->
                                nearest(path, resources).equals(path(other));
                        case Need.Shipped(List<Path> paths) ->
                                ships(other, host).contains(paths.getFirst())
                                        || (ships(other, host).isEmpty()
                                                && other.makes()
                                                        .contains(new Thing.SoftwarePackage("p")));
                    };
            if (concerns) {
                wished.add(
                        other.makes().isEmpty()
                                ? new Edge.Order(one.id(), other.id())
                                : new Edge.Order(other.id(), one.id()));
            }
        }
        return wished;
    }

    private static Path nearest(Path path, List<Resource> resources) {
        Path nearest = Path.of("none");
        for (Resource resource : resources) {
            Path above = path(resource);
            boolean closer = above.getNameCount() >= nearest.getNameCount();
            if (path.startsWith(above) && !path.equals(above) && closer) {
                nearest = above;
            }
        }
        return nearest;
    }

    private static Path path(Resource resource) {
        String name = resource.id().kind().equals("file") ? resource.id().name() : "nothing";
        return Path.of(name);
    }

    private static Set<Path> ships(Resource resource, HostKnowledge host) {
        return resource.id().kind().equals("pkg") ? host.shippedBy(resource.id().name()) : Set.of();
    }

    private static boolean reaches(ResourceGraph graph, ResourceId from, ResourceId to) {
        Set<ResourceId> seen = new HashSet<>(Set.of(from));
        List<ResourceId> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            for (ResourceId next : graph.successors(open.removeLast())) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return seen.contains(to);
    }

    private static GraphBuilding.Built build(
            List<Resource> resources, List<Edge> edges, HostKnowledge host) {
        GraphDefinition definition =
                new GraphDefinition("g", resources, List.of(), edges, List.of(), Optional.empty());
        return assertInstanceOf(
                GraphBuilding.Built.class, ResourceGraph.of(definition, List.of(), host));
    }

    private static List<Resource> resources(Random random) {
        List<Resource> resources = new ArrayList<>();
        for (String path : List.of("/a", "/a/b", "/a/b/c", "/a/d", "/usr/bin/p", "/e")) {
            if (random.nextInt(4) > 0) {
                Part file = random.nextInt(4) == 0 ? Part.absentFile(path) : Part.file(path);
                resources.add(
                        random.nextInt(3) == 0
                                ? file.needs(new Need.Of(new Thing.User("u")))
                                : file);
            }
        }
        if (random.nextBoolean()) {
            resources.add(Part.any("user", "u").makes(new Thing.User("u")));
        }
        if (random.nextBoolean()) {
            resources.add(Part.exec("/usr/bin/p"));
        }
        if (random.nextBoolean()) {
            resources.add(random.nextInt(4) == 0 ? Part.uninstalled("p") : Part.pkg("p"));
        }
        Collections.shuffle(resources, random);
        return resources;
    }

    private static List<Edge> edges(Random random, List<Resource> resources) {
        List<Edge> edges = new ArrayList<>();
        for (int to = 1; to < resources.size(); to++) {
            for (int from = 0; from < to; from++) {
                if (random.nextInt(8) == 0) {
                    edges.add(
                            random.nextBoolean()
                                    ? new Edge.Order(
                                            resources.get(from).id(), resources.get(to).id())
                                    : new Edge.Notify(
                                            resources.get(from).id(), resources.get(to).id()));
                }
            }
        }
        return edges;
    }

    private static HostKnowledge host(Random random) {
        return random.nextBoolean()
                ? KnownPackages.none()
                : KnownPackages.of(Map.of("p", Set.of("/usr/bin/p", "/a", "/e")));
    }
}
