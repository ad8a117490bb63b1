package dev.mgmt.engine.run;

import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Graphs for simulations: few vertices, many edges, all that a meta parameter can say. */
final class RandomGraphs {
    static final int IDS = 12;

    private final Random random;

    RandomGraphs(Random random) {
        this.random = random;
    }

    static ResourceId id(int number) {
        return new ResourceId("noop", "n" + number);
    }

    static GraphDefinition empty() {
        return definition(List.of(), List.of());
    }

    /** The same graph, but whoever failed gets a new chance. */
    static GraphDefinition forgiving(GraphDefinition graph) {
        List<Resource> resources = new ArrayList<>();
        for (Resource resource : graph.resources()) {
            NoopResource noop = (NoopResource) resource;
            Set<Trait> traits = EnumSet.copyOf(noop.meta().traits());
            traits.add(Trait.REWATCH);
            Meta old = noop.meta();
            Meta meta =
                    new Meta(
                            old.noop(),
                            old.retries(),
                            old.poll(),
                            old.rate(),
                            old.semaphores(),
                            old.timeout(),
                            traits);
            resources.add(new NoopResource(noop.id(), meta, noop.comment()));
        }
        return definition(resources, graph.edges());
    }

    /** Another graph, about half of whose vertices are those of this one. */
    GraphDefinition after(GraphDefinition before) {
        Map<ResourceId, Resource> old = new HashMap<>();
        before.resources().forEach(resource -> old.put(resource.id(), resource));
        List<Resource> resources = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < IDS; i++) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            Resource fresh = new NoopResource(id(i), meta(), "v" + random.nextInt(2));
            resources.add(random.nextInt(3) == 0 ? fresh : old.getOrDefault(id(i), fresh));
            for (Resource earlier : resources.subList(0, resources.size() - 1)) {
                if (random.nextInt(4) == 0) {
                    edges.add(
                            random.nextBoolean()
                                    ? new Edge.Order(earlier.id(), id(i))
                                    : new Edge.Notify(earlier.id(), id(i)));
                }
            }
        }
        return definition(resources, edges);
    }

    private Meta meta() {
        List<Meta.Semaphore> semaphores =
                random.nextInt(3) == 0
                        ? List.of(
                                new Meta.Semaphore("s", 1 + random.nextInt(2)),
                                new Meta.Semaphore("t", 1))
                        : List.of();
        Meta.RateLimit rate =
                random.nextInt(4) == 0
                        ? new Meta.RateLimit(1 + random.nextInt(9), 1 + random.nextInt(3))
                        : Meta.RateLimit.NONE;
        Duration timeout = random.nextInt(4) == 0 ? Duration.ofMillis(50) : Duration.ZERO;
        return new Meta(
                false,
                new Meta.Retries(random.nextInt(3), Duration.ofMillis(1), 1 + random.nextInt(2)),
                Duration.ZERO,
                rate,
                semaphores,
                timeout,
                traits());
    }

    private Set<Trait> traits() {
        Set<Trait> traits = EnumSet.copyOf(Meta.NONE.traits());
        if (random.nextInt(3) == 0) {
            traits.remove(Trait.REWATCH);
        }
        if (random.nextInt(3) == 0) {
            traits.add(Trait.REALIZE);
        }
        if (random.nextInt(2) == 0) {
            traits.add(Trait.REVERSE);
        }
        return traits;
    }

    private static GraphDefinition definition(List<Resource> resources, List<Edge> edges) {
        return new GraphDefinition("g", resources, List.of(), edges, List.of(), Optional.empty());
    }
}
