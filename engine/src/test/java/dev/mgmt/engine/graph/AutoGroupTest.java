package dev.mgmt.engine.graph;

import static dev.mgmt.engine.graph.Graphs.definition;
import static dev.mgmt.engine.graph.Graphs.id;
import static dev.mgmt.engine.graph.Graphs.noop;
import static dev.mgmt.engine.graph.Graphs.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutoGroupTest {
    /** The key is what stands before the name's first dash; names without one have none. */
    static final HostKnowledge BY_NAME =
            KnownPackages.grouping(
                    resource -> {
                        String name = resource.id().name();
                        int dash = name.indexOf('-');
                        return dash < 0 ? Optional.empty() : Optional.of(name.substring(0, dash));
                    });

    static ResourceGraph graph(List<Resource> resources, Edge... edges) {
        GraphBuilding building = ResourceGraph.of(definition(resources, edges), List.of(), BY_NAME);
        return assertInstanceOf(GraphBuilding.Built.class, building).graph();
    }

    private static List<Resource> vertices(String... names) {
        List<Resource> resources = new ArrayList<>();
        for (String name : names) {
            resources.add(noop(name, ""));
        }
        return resources;
    }

    private static Set<Set<String>> groups(ResourceGraph graph) {
        Set<Set<String>> groups = new HashSet<>();
        for (List<ResourceId> members : graph.groups()) {
            Set<String> names = new HashSet<>();
            members.forEach(member -> names.add(member.name()));
            groups.add(names);
        }
        return groups;
    }

    @Test
    void thoseOfOneKeyAreOneAction() {
        ResourceGraph graph = graph(vertices("p-1", "q-1", "x", "p-2", "p-3"));
        assertEquals(Set.of(Set.of("p-1", "p-2", "p-3")), groups(graph));
    }

    @Test
    void aPathBetweenKeepsThemApart() {
        ResourceGraph graph =
                graph(vertices("p-1", "p-2", "p-3", "x"), order("p-1", "x"), order("x", "p-2"));
        assertEquals(Set.of(Set.of("p-1", "p-3")), groups(graph));
    }

    @Test
    void twoKeysNeverWaitForEachOther() {
        ResourceGraph graph =
                graph(
                        vertices("p-1", "p-2", "q-1", "q-2"),
                        order("p-1", "q-1"),
                        order("q-2", "p-2"));
        assertEquals(1, graph.groups().size());
    }

    @Test
    void whoDoesNotWantToIsLeftAlone() {
        Part apart = Part.any("noop", "p-2").without(Trait.AUTOGROUP);
        assertEquals(Set.of(), groups(graph(List.of(noop("p-1", ""), apart))));
    }

    @Test
    void noopAndPollSetThemApart() {
        List<Resource> resources = new ArrayList<>();
        for (Meta meta : List.of(Meta.NONE, checking(Meta.NONE))) {
            for (int i = 0; i < 2; i++) {
                resources.add(
                        new Part(
                                id("p-" + resources.size()),
                                meta,
                                List.of(),
                                List.of(),
                                List.of()));
            }
        }
        assertEquals(Set.of(Set.of("p-0", "p-1"), Set.of("p-2", "p-3")), groups(graph(resources)));
    }

    private static Meta checking(Meta meta) {
        return new Meta(
                true,
                meta.retries(),
                meta.poll(),
                meta.rate(),
                meta.semaphores(),
                meta.timeout(),
                meta.traits());
    }
}
