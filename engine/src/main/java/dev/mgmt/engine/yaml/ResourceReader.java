package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one resource: its name, its meta parameters and, with its kind's help, its fields. */
final class ResourceReader {
    private static final String EXPORT_MARK = "@@";

    private final Problems problems;
    private final NodeValues values;
    private final MetaReader metas;

    ResourceReader(Problems problems) {
        this.problems = problems;
        this.values = new NodeValues(problems);
        this.metas = new MetaReader(values, problems);
    }

    /** What a resource is for. */
    enum Use {
        LOCAL,
        EXPORT
    }

    /**
     * @param id without {@code @@}
     * @param resource absent if it has problems, which are reported
     */
    record Declared(
            ResourceId id, Use use, Place place, YamlMap fields, Optional<Resource> resource) {}

    /** One item of a kind's list. Empty if it has no name that others could refer to. */
    Optional<Declared> read(Kind kind, Node node) {
        return values.map(node, "a resource").flatMap(map -> read(kind, map));
    }

    private Optional<Declared> read(Kind kind, YamlMap map) {
        Optional<String> written = name(map);
        if (written.isEmpty()) {
            checkKeys(kind, map);
            return Optional.empty();
        }
        Use use = written.get().startsWith(EXPORT_MARK) ? Use.EXPORT : Use.LOCAL;
        String name =
                use == Use.EXPORT ? written.get().substring(EXPORT_MARK.length()) : written.get();
        if (name.isEmpty()) {
            problems.error(map.placeOfValue("name"), "a resource needs a name", "");
            return Optional.empty();
        }
        ResourceId id = new ResourceId(kind.name(), name);
        // Where an export lands is the collector's affair: any directory does for the check.
        Optional<String> into = use == Use.EXPORT ? Optional.of("/") : Optional.empty();
        return Optional.of(new Declared(id, use, map.place(), map, decode(kind, id, map, into)));
    }

    /** As {@link #read}, for what a host has exported; the names must agree. */
    Optional<Resource> readExport(Kind kind, ResourceId id, YamlMap map, String pattern) {
        Optional<String> name = name(map);
        if (name.isPresent() && !name.get().equals(id.name())) {
            problems.error(
                    map.placeOfValue("name"),
                    "it is called `" + name.get() + "`, but was exported as " + id,
                    "");
        }
        Optional<String> into = Optional.of(pattern).filter(text -> !text.isEmpty());
        return decode(kind, id, map, into);
    }

    private Optional<String> name(YamlMap map) {
        Optional<Node> node = map.get("name");
        Optional<String> name = node.flatMap(found -> values.text(found, "`name`"));
        if (node.isEmpty() || name.filter(String::isEmpty).isPresent()) {
            problems.error(map.placeOfValue("name"), "a resource needs a `name`", "");
            return Optional.empty();
        }
        return name;
    }

    private Optional<Resource> decode(
            Kind kind, ResourceId id, YamlMap map, Optional<String> into) {
        int before = problems.errorCount();
        checkKeys(kind, map);
        Meta meta = map.get("meta").map(metas::read).orElse(Meta.NONE);
        NodeFields fields = new NodeFields(id, meta, into, map, values, problems);
        try {
            Optional<Resource> resource = kind.decode(fields);
            return resource.filter(_ -> problems.errorCount() == before);
        } catch (IllegalArgumentException e) {
            // A record's own check of something its kind did not report with a position.
            problems.error(map.place(), String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    private void checkKeys(Kind kind, YamlMap map) {
        for (String key : map.keys()) {
            if (kind.fields().contains(key) || key.equals("name") || key.equals("meta")) {
                continue;
            }
            if (kind.legacyFields().contains(key)) {
                problems.warning(
                        map.placeOfKey(key),
                        "`" + key + "` of " + kind.name() + " means nothing any more",
                        "remove it");
            } else if (key.equals("recv")) {
                problems.error(
                        map.placeOfKey(key),
                        "this version does not support `recv` yet",
                        "remove it");
            } else {
                problems.error(
                        map.placeOfKey(key),
                        "`" + key + "` is not a field of " + kind.name(),
                        NearestName.advice(key, allFields(kind)));
            }
        }
    }

    private static List<String> allFields(Kind kind) {
        List<String> all = new ArrayList<>(List.of("name", "meta"));
        all.addAll(kind.fields());
        return all;
    }
}
