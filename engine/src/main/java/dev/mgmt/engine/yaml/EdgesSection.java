package dev.mgmt.engine.yaml;

import dev.mgmt.engine.graph.Cycle;
import dev.mgmt.engine.graph.Cycles;
import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.RecvReader.Reception;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code edges}, and checks that both ends are there and that no edges form a cycle. */
final class EdgesSection {
    private static final List<String> KEYS = List.of("name", "from", "to", "notify");
    private static final List<String> END_KEYS = List.of("kind", "name");

    /** Each is a search through all names. */
    private static final int MOST_SUGGESTIONS = 20;

    private final KindNames kinds;
    private final ResourcesSection resources;
    private final Set<String> collectedKinds;
    private final Problems problems;
    private final NodeValues values;
    private final Map<Edge, Place> edges = new LinkedHashMap<>();

    EdgesSection(
            KindNames kinds,
            ResourcesSection resources,
            Set<String> collectedKinds,
            Problems problems) {
        this.kinds = kinds;
        this.resources = resources;
        this.collectedKinds = collectedKinds;
        this.problems = problems;
        this.values = new NodeValues(problems);
    }

    /**
     * The edges that the file writes down, and those that receiving implies.
     *
     * @param node of {@code edges}, if the file has it
     */
    List<Edge> read(Optional<Node> node) {
        node.ifPresent(list -> values.list(list, "`edges`").forEach(this::readOne));
        resources.forEachReception(this::follow);
        reportCycles();
        // Where names are not known yet, an edge may end nowhere so far.
        return edges.keySet().stream()
                .filter(edge -> !problems.anyStandIns() || (ends(edge.from()) && ends(edge.to())))
                .toList();
    }

    private void follow(ResourceId receiver, Reception reception) {
        ResourceId sender = reception.receipt().from();
        if (resources.declares(sender)) {
            Edge edge = new Edge.Order(resources.declared(sender).orElse(sender), receiver);
            edges.putIfAbsent(edge, reception.place());
        } else if (resources.exports(sender)) {
            problems.error(
                    reception.place(),
                    sender + " is exported, not applied on this host: it gives nothing here",
                    "declare it without `@@` too");
        } else {
            tellMissing(sender, reception.place(), "declare it, or remove the `recv`");
        }
    }

    private boolean ends(ResourceId id) {
        return resources.has(id) || collectedKinds.contains(id.kind());
    }

    private void readOne(Node node) {
        Optional<Edge> edge =
                node instanceof ScalarNode scalar && !NodeValues.isNull(scalar)
                        ? shortForm(scalar)
                        : values.map(node, "an edge").flatMap(this::longForm);
        edge.ifPresent(read -> edges.putIfAbsent(read, Place.of(node)));
    }

    private Optional<Edge> shortForm(ScalarNode scalar) {
        Optional<Edge> edge = ShortEdge.parse(scalar.getValue());
        Place at = Place.of(scalar);
        if (edge.isEmpty()) {
            problems.error(
                    at,
                    "`" + scalar.getValue() + "` is not an edge",
                    "write `file[a] -> exec[b]`, or `file[a] ~> exec[b]` to notify");
            return Optional.empty();
        }
        Optional<ResourceId> from = known(edge.get().from(), at, at);
        Optional<ResourceId> to = known(edge.get().to(), at, at);
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (edge.get()) {
                    case Edge.Order _ -> new Edge.Order(from.get(), to.get());
                    case Edge.Notify _ -> new Edge.Notify(from.get(), to.get());
                });
    }

    private Optional<Edge> longForm(YamlMap map) {
        map.refuseOthersThan(KEYS, "a key of an edge", problems);
        map.get("name").ifPresent(node -> values.text(node, "`name`"));
        boolean notifies =
                map.get("notify").flatMap(node -> values.flag(node, "`notify`")).orElse(false);
        Optional<ResourceId> from = end(map, "from");
        Optional<ResourceId> to = end(map, "to");
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                notifies
                        ? new Edge.Notify(from.get(), to.get())
                        : new Edge.Order(from.get(), to.get()));
    }

    private Optional<ResourceId> end(YamlMap edge, String key) {
        Optional<Node> node = edge.get(key);
        if (node.isEmpty()) {
            problems.error(
                    edge.placeOfValue(key),
                    "an edge needs `" + key + "`",
                    "write `" + key + ": {kind: file, name: /a}`");
            return Optional.empty();
        }
        return values.map(node.get(), "`" + key + "`").flatMap(this::end);
    }

    private Optional<ResourceId> end(YamlMap end) {
        end.refuseOthersThan(END_KEYS, "a key of an edge's end", problems);
        Optional<String> kind = part(end, "kind");
        Optional<String> name = part(end, "name");
        if (kind.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        ResourceId id = new ResourceId(kind.get(), name.get());
        return known(id, end.placeOfValue("kind"), end.placeOfValue("name"));
    }

    private Optional<String> part(YamlMap end, String key) {
        Optional<Node> node = end.get(key);
        Optional<String> text = node.flatMap(found -> values.text(found, "`" + key + "`"));
        if (node.isEmpty() || text.filter(String::isEmpty).isPresent()) {
            problems.error(end.placeOfValue(key), "an edge's end needs a `" + key + "`", "");
            return Optional.empty();
        }
        return text;
    }

    /** The id as its declaration has it, if an edge may end there. */
    private Optional<ResourceId> known(ResourceId id, Place kindAt, Place nameAt) {
        Optional<ResourceId> shared = resources.declared(id);
        return shared.isPresent() || !isThere(id, kindAt, nameAt) ? shared : Optional.of(id);
    }

    private boolean isThere(ResourceId id, Place kindAt, Place nameAt) {
        if (resources.declares(id)) {
            return true;
        }
        if (kinds.find(id.kind(), kindAt).isEmpty()) {
            return false;
        }
        if (collectedKinds.contains(id.kind())) {
            return true;
        }
        if (resources.exports(id)) {
            problems.error(
                    nameAt,
                    id + " is exported, not applied on this host: no edge can end there",
                    "collect it, or declare it without `@@` too");
        } else {
            tellMissing(id, nameAt, "declare it, or remove the edge");
        }
        return false;
    }

    private void tellMissing(ResourceId id, Place at, String otherwise) {
        String advice = suggestion(id).orElse(otherwise);
        problems.error(at, "there is no " + id + " in this graph", advice);
    }

    private Optional<String> suggestion(ResourceId id) {
        if (problems.errorCount() > MOST_SUGGESTIONS) {
            return Optional.of("");
        }
        return NearestName.of(id.name(), List.copyOf(resources.namesOf(id.kind())))
                .map(name -> "did you mean `" + name + "`?");
    }

    private void reportCycles() {
        List<Cycle> cycles = Cycles.among(edges.keySet());
        if (cycles.isEmpty()) {
            return;
        }
        Map<Step, Place> places = new HashMap<>();
        edges.forEach((edge, at) -> places.putIfAbsent(new Step(edge.from(), edge.to()), at));
        for (Cycle cycle : cycles) {
            Place lastWritten =
                    steps(cycle).stream().map(places::get).max(Place::compareTo).orElseThrow();
            problems.error(
                    lastWritten,
                    "these resources wait for each other: " + cycle,
                    "remove one of these edges");
        }
    }

    private record Step(ResourceId from, ResourceId to) {}

    private static List<Step> steps(Cycle cycle) {
        List<Step> steps = new ArrayList<>();
        ResourceId previous = cycle.path().getLast();
        for (ResourceId id : cycle.path()) {
            steps.add(new Step(previous, id));
            previous = id;
        }
        return steps;
    }
}
