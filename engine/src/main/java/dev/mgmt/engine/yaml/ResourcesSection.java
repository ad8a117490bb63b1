package dev.mgmt.engine.yaml;

import dev.mgmt.engine.exchange.AwaitingResource;
import dev.mgmt.engine.graph.GraphDefinition.Export;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.RecvReader.Reception;
import dev.mgmt.engine.yaml.ResourceReader.Declared;
import dev.mgmt.engine.yaml.ResourceReader.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code resources}: what is declared, each identity once per use. */
final class ResourcesSection {
    private final KindNames kinds;
    private final Problems problems;
    private final NodeValues values;
    private final ResourceReader reader;
    private final List<Declared> locals = new ArrayList<>();

    /** Of each local one its place in the list. */
    private final Map<ResourceId, Integer> numbers = new HashMap<>();

    private final Map<ResourceId, Declared> exports = new LinkedHashMap<>();
    private final Set<String> kindsWithProblems = new HashSet<>();

    ResourcesSection(KindNames kinds, Problems problems) {
        this.kinds = kinds;
        this.problems = problems;
        this.values = new NodeValues(problems);
        this.reader = new ResourceReader(kinds, problems);
    }

    void read(Node node) {
        values.map(node, "`resources`").ifPresent(this::readKinds);
    }

    private void readKinds(YamlMap map) {
        for (String name : map.keys()) {
            Optional<Kind> kind = kinds.find(name, map.placeOfKey(name));
            if (kind.isEmpty()) {
                kindsWithProblems.add(name);
            }
            kind.ifPresent(found -> map.get(name).ifPresent(list -> readList(found, list)));
        }
    }

    private void readList(Kind kind, Node list) {
        for (Node item : values.list(list, "`" + kind.name() + "`")) {
            Optional<Declared> declared = reader.read(kind, item);
            if (declared.isEmpty() || isNamedLater(declared.get())) {
                kindsWithProblems.add(kind.name());
            }
            declared.ifPresent(this::add);
        }
    }

    /** Then an edge may name it by what it will be called. */
    private static boolean isNamedLater(Declared declared) {
        return declared.fields().get("name").orElse(null) instanceof StandIn;
    }

    private void add(Declared declared) {
        Declared first =
                declared.use() == Use.LOCAL
                        ? addLocal(declared)
                        : exports.putIfAbsent(declared.id(), declared);
        if (first != null && differ(first, declared)) {
            problems.error(
                    declared.place(),
                    "%s is declared twice, first in line %d, and the two differ"
                            .formatted(declared.id(), first.place().line()),
                    "rename one of them");
        }
    }

    private @Nullable Declared addLocal(Declared declared) {
        Integer first = numbers.putIfAbsent(declared.id(), locals.size());
        if (first != null) {
            return locals.get(first);
        }
        locals.add(declared);
        return null;
    }

    /** What could not be read has been reported; whether it differs cannot be told. */
    private static boolean differ(Declared first, Declared second) {
        if (first.resource().isEmpty() || second.resource().isEmpty()) {
            return false;
        }
        return first.use() == Use.EXPORT
                ? !exported(first).equals(exported(second))
                : !first.resource().equals(second.resource());
    }

    private static Export exported(Declared declared) {
        return new Export(declared.id(), ExportText.of(declared.id(), declared.fields()));
    }

    List<Resource> resources() {
        List<Resource> resources = new ArrayList<>(locals.size());
        locals.forEach(declared -> declared.resource().ifPresent(resources::add));
        return resources;
    }

    List<Export> exports() {
        return exports.values().stream()
                .filter(declared -> !waits(declared))
                .map(ResourcesSection::exported)
                .toList();
    }

    /** It is not known yet what would be exported. */
    private static boolean waits(Declared declared) {
        return declared.resource().orElse(null) instanceof AwaitingResource;
    }

    /** Whether it is there, and has been understood. */
    boolean has(ResourceId id) {
        Integer number = numbers.get(id);
        return number != null && locals.get(number).resource().isPresent();
    }

    /** What local resources receive, with the receiver. */
    void forEachReception(BiConsumer<ResourceId, Reception> action) {
        for (Declared declared : locals) {
            for (Reception reception : declared.receives().values()) {
                action.accept(declared.id(), reception);
            }
        }
    }

    /** Whether the file declares it, even if with problems. */
    boolean declares(ResourceId id) {
        return numbers.containsKey(id) || kindsWithProblems.contains(id.kind());
    }

    /** How many are declared for this host. */
    int count() {
        return locals.size();
    }

    /** Below {@link #count()}, in the order of the file. */
    OptionalInt number(ResourceId id) {
        Integer number = numbers.get(id);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    ResourceId id(int number) {
        return locals.get(number).id();
    }

    boolean exports(ResourceId id) {
        return exports.containsKey(id);
    }

    /** All names of this kind that edges may use. */
    Collection<String> namesOf(String kind) {
        return locals.stream()
                .map(Declared::id)
                .filter(id -> id.kind().equals(kind))
                .map(ResourceId::name)
                .toList();
    }
}
