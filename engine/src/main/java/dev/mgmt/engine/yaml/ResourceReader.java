package dev.mgmt.engine.yaml;

import dev.mgmt.engine.exchange.AwaitingResource;
import dev.mgmt.engine.exchange.Receipt;
import dev.mgmt.engine.exchange.ReceivingResource;
import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.template.TemplateFault.Awaited;
import dev.mgmt.engine.yaml.RecvReader.Reception;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one resource: its name, its meta parameters and, with its kind's help, its fields. */
final class ResourceReader {
    private static final String EXPORT_MARK = "@@";
    private static final List<String> EVERY_KIND_HAS = List.of("name", "meta", RecvReader.KEY);

    private final Problems problems;
    private final NodeValues values;
    private final MetaReader metas;
    private final RecvReader receptions;

    ResourceReader(KindNames kinds, Problems problems) {
        this.problems = problems;
        this.values = new NodeValues(problems);
        this.metas = new MetaReader(values, problems);
        this.receptions = new RecvReader(kinds, values, problems);
    }

    /** What a resource is for. */
    enum Use {
        LOCAL,
        EXPORT
    }

    /**
     * @param id without {@code @@}
     * @param receives fields that others fill
     * @param resource absent if it has problems, which are reported
     */
    record Declared(
            ResourceId id,
            Use use,
            Place place,
            YamlMap fields,
            Map<String, Reception> receives,
            Optional<Resource> resource) {}

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
        Map<String, Reception> receives =
                use == Use.EXPORT ? none(map) : receptions.read(kind, map);
        Optional<Resource> resource = decode(kind, id, map, into, receives);
        return Optional.of(new Declared(id, use, map.place(), map, receives, resource));
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
        return decode(kind, id, map, into, none(map));
    }

    private Map<String, Reception> none(YamlMap map) {
        if (map.get(RecvReader.KEY).isPresent()) {
            problems.error(
                    map.placeOfKey(RecvReader.KEY),
                    "an exported resource cannot receive: outputs do not leave their host",
                    "receive it into a kv, and read that in a template");
        }
        return Map.of();
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
            Kind kind,
            ResourceId id,
            YamlMap map,
            Optional<String> into,
            Map<String, Reception> receives) {
        int before = problems.errorCount();
        checkKeys(kind, map);
        Meta meta = map.get("meta").map(metas::read).orElse(Meta.NONE);
        NodeFields fields =
                new NodeFields(id, meta, into, map, receives, "received", values, problems);
        if (!problems.anyStandIns()) {
            return decode(kind, fields, before);
        }
        Map<String, StandIn> standIns = standIns(map);
        Optional<Awaited> awaited = awaited(standIns);
        if (awaited.isEmpty()) {
            return decodeWith(standIns.keySet(), kind, fields, before);
        }
        return problems.errorCount() == before
                ? Optional.of(AwaitingResource.in(id, meta, TemplateProblem.named(awaited.get())))
                : Optional.empty();
    }

    /** By field, one each. */
    private static Map<String, StandIn> standIns(YamlMap map) {
        Map<String, StandIn> found = new LinkedHashMap<>();
        for (String key : map.keys()) {
            map.get(key).flatMap(StandIn::in).ifPresent(first -> found.put(key, first));
        }
        return found;
    }

    /** What the resource waits for; only its own fields can. */
    private Optional<Awaited> awaited(Map<String, StandIn> standIns) {
        Optional<Awaited> awaited = Optional.empty();
        for (Map.Entry<String, StandIn> entry : standIns.entrySet()) {
            Optional<Awaited> one = entry.getValue().awaited();
            if (one.isPresent() && EVERY_KIND_HAS.contains(entry.getKey())) {
                TemplateProblem.report(one.get(), Place.of(entry.getValue()), problems);
            }
            awaited = awaited.or(() -> one);
        }
        return awaited;
    }

    /** A kind that misses something because of a stand-in may say so of the whole resource. */
    private Optional<Resource> decodeWith(
            Set<String> standIns, Kind kind, NodeFields fields, int before) {
        YamlMap map = fields.map();
        if (standIns.isEmpty()) {
            return decode(kind, fields, before);
        }
        Set<Place> unsure = new HashSet<>();
        unsure.add(map.place());
        standIns.forEach(field -> unsure.add(map.placeOfValue(field)));
        return problems.without(unsure, () -> decode(kind, fields, before));
    }

    private Optional<Resource> decode(Kind kind, NodeFields fields, int before) {
        Map<String, Reception> receives = fields.receives();
        Meta meta = fields.meta();
        try {
            Optional<Resource> resource = kind.decode(fields);
            if (meta.has(Trait.REVERSE)) {
                Optional<Resource> undo = resource.flatMap(Resource::reversed);
                boolean certain = receives.isEmpty() || undo.equals(otherwise(kind, fields));
                if (resource.isPresent() && (undo.isEmpty() || !certain)) {
                    fields.map()
                            .get("meta")
                            .ifPresent(node -> metas.refuseReverse(node, fields.id()));
                }
            }
            return resource.filter(_ -> problems.errorCount() == before)
                    .map(
                            shape ->
                                    receives.isEmpty()
                                            ? shape
                                            : receiving(fields.map(), receives, shape));
        } catch (IllegalArgumentException e) {
            // A record's own check of something its kind did not report with a position.
            problems.error(fields.map().place(), String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    /** What would undo it if it received something else. */
    private static Optional<Resource> otherwise(Kind kind, NodeFields fields) {
        Problems unheard = new Problems("");
        NodeFields other =
                new NodeFields(
                        fields.id(),
                        fields.meta(),
                        fields.collectedInto(),
                        fields.map(),
                        fields.receives(),
                        "otherwise",
                        new NodeValues(unheard),
                        unheard);
        return kind.decode(other).flatMap(Resource::reversed);
    }

    private static Resource receiving(
            YamlMap map, Map<String, Reception> receives, Resource shape) {
        Map<String, Value> given = PlainValues.of(map);
        given.keySet().removeAll(EVERY_KIND_HAS);
        Map<String, Receipt> receipts = new HashMap<>();
        receives.forEach((field, reception) -> receipts.put(field, reception.receipt()));
        return new ReceivingResource(shape.id(), shape.meta(), given, receipts, shape);
    }

    private void checkKeys(Kind kind, YamlMap map) {
        for (String key : map.keys()) {
            if (kind.fields().contains(key) || EVERY_KIND_HAS.contains(key)) {
                continue;
            }
            if (kind.legacyFields().contains(key)) {
                problems.warning(
                        map.placeOfKey(key),
                        "`" + key + "` of " + kind.name() + " means nothing any more",
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
        List<String> all = new ArrayList<>(EVERY_KIND_HAS);
        if (kind.receivable().isEmpty()) {
            all.remove(RecvReader.KEY);
        }
        all.addAll(kind.fields());
        return all;
    }
}
