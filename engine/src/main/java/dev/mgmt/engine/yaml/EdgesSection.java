package dev.mgmt.engine.yaml;

import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.RecvReader.Reception;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
    private final EdgeList edges;

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
        this.edges = new EdgeList(resources);
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
        return edges.edges((from, to) -> !problems.anyStandIns() || (isEnd(from) && isEnd(to)));
    }

    private void follow(ResourceId receiver, Reception reception) {
        ResourceId sender = reception.receipt().from();
        if (resources.declares(sender)) {
            edges.add(number(sender), number(receiver), false, reception.place());
        } else if (resources.exports(sender)) {
            problems.error(
                    reception.place(),
                    sender + " is exported, not applied on this host: it gives nothing here",
                    "declare it without `@@` too");
        } else {
            tellMissing(sender, reception.place(), "declare it, or remove the `recv`");
        }
    }

    private boolean isEnd(ResourceId id) {
        return resources.has(id) || collectedKinds.contains(id.kind());
    }

    /** Of what may be an end. */
    private int number(ResourceId id) {
        return resources.number(id).orElseGet(() -> edges.numberOfOther(id));
    }

    private void readOne(Node node) {
        if (node instanceof ScalarNode scalar && !NodeValues.isNull(scalar)) {
            readShort(scalar);
        } else {
            values.map(node, "an edge").ifPresent(map -> readLong(map, Place.of(node)));
        }
    }

    private void readShort(ScalarNode scalar) {
        Optional<Edge> edge = ShortEdge.parse(scalar.getValue());
        Place at = Place.of(scalar);
        if (edge.isEmpty()) {
            problems.error(
                    at,
                    "`" + scalar.getValue() + "` is not an edge",
                    "write `file[a] -> exec[b]`, or `file[a] ~> exec[b]` to notify");
            return;
        }
        OptionalInt from = known(edge.get().from(), at, at);
        OptionalInt to = known(edge.get().to(), at, at);
        add(from, to, edge.get() instanceof Edge.Notify, at);
    }

    private void readLong(YamlMap map, Place at) {
        map.refuseOthersThan(KEYS, "a key of an edge", problems);
        map.get("name").ifPresent(node -> values.text(node, "`name`"));
        boolean notifies =
                map.get("notify").flatMap(node -> values.flag(node, "`notify`")).orElse(false);
        OptionalInt from = end(map, "from");
        OptionalInt to = end(map, "to");
        add(from, to, notifies, at);
    }

    private void add(OptionalInt from, OptionalInt to, boolean notifies, Place at) {
        if (from.isPresent() && to.isPresent()) {
            edges.add(from.getAsInt(), to.getAsInt(), notifies, at);
        }
    }

    private OptionalInt end(YamlMap edge, String key) {
        Optional<Node> node = edge.get(key);
        if (node.isEmpty()) {
            problems.error(
                    edge.placeOfValue(key),
                    "an edge needs `" + key + "`",
                    "write `" + key + ": {kind: file, name: /a}`");
            return OptionalInt.empty();
        }
        return values.map(node.get(), "`" + key + "`").map(this::end).orElseGet(OptionalInt::empty);
    }

    private OptionalInt end(YamlMap end) {
        end.refuseOthersThan(END_KEYS, "a key of an edge's end", problems);
        Optional<String> kind = part(end, "kind");
        Optional<String> name = part(end, "name");
        if (kind.isEmpty() || name.isEmpty()) {
            return OptionalInt.empty();
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

    /** Its number, if an edge may end there. */
    private OptionalInt known(ResourceId id, Place kindAt, Place nameAt) {
        OptionalInt declared = resources.number(id);
        return declared.isPresent() || !isThere(id, kindAt, nameAt)
                ? declared
                : OptionalInt.of(edges.numberOfOther(id));
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
        edges.cycles()
                .forEach(
                        (cycle, lastWritten) ->
                                problems.error(
                                        lastWritten,
                                        "these resources wait for each other: " + cycle,
                                        "remove one of these edges"));
    }
}
