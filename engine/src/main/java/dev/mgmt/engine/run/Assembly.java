package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.graph.GraphProblem;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.graph.Templates;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.template.HostData;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.yaml.ExportReading;
import dev.mgmt.engine.yaml.InputProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a graph together from what its file declares and what hosts export. Foreign exports can
 * never keep a graph from running: a bad one is left out, and of two different ones for the same
 * resource that of the host whose name comes first is taken.
 */
final class Assembly {
    private final ExportDecoder decoder;
    private final DriverRegistry drivers;
    private final HostKnowing knowing;
    private @Nullable Former former;

    Assembly(ExportDecoder decoder, DriverRegistry drivers, Supplier<Value.Entries> facts) {
        this.decoder = decoder;
        this.drivers = drivers;
        this.knowing = new HostKnowing(facts);
    }

    private record Origin(String host, Resource resource) {}

    /** What was built last, where nothing but its definition went into it. */
    private record Former(GraphDefinition definition, ResourceGraph graph, List<String> notices) {
        Input answer(long revision) {
            return new Input.Built(definition, revision, graph, notices);
        }
    }

    /** Called by one thread at a time. */
    Input build(Effect.Build asked) {
        Optional<Templates> templates = asked.definition().templates();
        if (templates.isEmpty()) {
            return buildWhole(asked);
        }
        HostData host = knowing.of(asked);
        return switch (templates.get().render(host)) {
            case Templates.Rendering.Rendered(GraphDefinition graph) ->
                    buildWhole(
                            new Effect.Build(
                                    graph, asked.revision(), asked.collected(), asked.values()));
            case Templates.Rendering.Refused(List<String> problems) ->
                    new Input.Unfit(asked.revision(), problems, List.of());
        };
    }

    private Input buildWhole(Effect.Build asked) {
        Former last = former;
        if (last != null) {
            GraphDefinition next = asked.definition();
            Optional<ResourceGraph> revised =
                    last.graph().revised(last.definition(), next, new KnownHost(drivers));
            if (revised.isPresent()) {
                // What is equal need not be kept twice.
                List<Resource> shared = List.copyOf(revised.get().resources().values());
                former = new Former(next.withResources(shared), revised.get(), last.notices());
                return former.answer(asked.revision());
            }
        }
        former = null;
        return buildAnew(asked);
    }

    private Input buildAnew(Effect.Build asked) {
        List<String> notices = new ArrayList<>();
        List<Resource> collected = collect(asked, notices);
        KnownHost host = new KnownHost(drivers);
        return switch (ResourceGraph.of(asked.definition(), collected, host)) {
            case GraphBuilding.Built(ResourceGraph graph, List<String> warnings) -> {
                notices.addAll(warnings);
                notices.addAll(host.notices());
                List<String> unknown = unknownKinds(graph);
                if (!unknown.isEmpty()) {
                    yield new Input.Unfit(asked.revision(), unknown, notices);
                }
                Former done = new Former(asked.definition(), graph, notices);
                former = host.wasAsked() ? null : done;
                yield done.answer(asked.revision());
            }
            case GraphBuilding.Refused(List<GraphProblem> problems) -> {
                List<String> sentences = new ArrayList<>();
                for (GraphProblem problem : problems) {
                    sentences.add(problem.message());
                }
                yield new Input.Unfit(asked.revision(), sentences, notices);
            }
        };
    }

    private List<String> unknownKinds(ResourceGraph graph) {
        List<String> unknown = new ArrayList<>();
        for (Resource resource : graph.resources().values()) {
            if (!drivers.knows(resource)) {
                unknown.add("this engine cannot apply " + resource.id());
            }
        }
        return unknown;
    }

    private List<Resource> collect(Effect.Build asked, List<String> notices) {
        List<Resource> collected = new ArrayList<>();
        if (asked.definition().collects().isEmpty()) {
            return collected;
        }
        Map<ResourceId, Origin> taken = new HashMap<>();
        for (World.Entry entry : inHostOrder(asked.collected())) {
            StoreKeys.Export place = StoreKeys.parseExport(entry.key());
            for (Collect collect : asked.definition().collects()) {
                if (place == null || !place.kind().equals(collect.kind())) {
                    continue;
                }
                switch (decoder.decode(entry.key(), id(place), entry.value(), collect.pattern())) {
                    case ExportReading.Invalid(List<InputProblem> problems) ->
                            notices.add(leftOut(place, problems));
                    case ExportReading.Valid(Resource resource) ->
                            add(new Origin(place.host(), resource), taken, collected, notices);
                }
            }
        }
        return collected;
    }

    private static void add(
            Origin origin,
            Map<ResourceId, Origin> taken,
            List<Resource> collected,
            List<String> notices) {
        ResourceId id = origin.resource().id();
        Origin first = taken.putIfAbsent(id, origin);
        if (first == null) {
            collected.add(origin.resource());
        } else if (!first.resource().equals(origin.resource())) {
            notices.add(
                    id
                            + " as exported by "
                            + origin.host()
                            + " is left out: "
                            + first.host()
                            + " exports another one, and comes first");
        }
    }

    private static String leftOut(StoreKeys.Export place, List<InputProblem> problems) {
        return id(place)
                + " as exported by "
                + place.host()
                + " is left out: "
                + problems.getFirst().message();
    }

    private static ResourceId id(StoreKeys.Export place) {
        return new ResourceId(place.kind(), place.name());
    }

    /** The store sorts by key, where the separator takes part in the order of host names. */
    private static List<World.Entry> inHostOrder(List<World.Entry> entries) {
        List<World.Entry> sorted = new ArrayList<>(entries);
        sorted.sort(
                (one, other) -> {
                    int byHost = host(one).compareTo(host(other));
                    return byHost != 0 ? byHost : one.key().compareTo(other.key());
                });
        return sorted;
    }

    private static String host(World.Entry entry) {
        StoreKeys.Export place = StoreKeys.parseExport(entry.key());
        return place == null ? "" : place.host();
    }
}
