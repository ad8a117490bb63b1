package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.RecvReader.Reception;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One resource's mapping as what kinds decode from.
 *
 * @param standIn in place of what is received when the resource runs
 */
record NodeFields(
        ResourceId id,
        Meta meta,
        Optional<String> collectedInto,
        YamlMap map,
        Map<String, Reception> receives,
        String standIn,
        NodeValues values,
        Problems problems)
        implements Fields {
    private static String quoted(String field) {
        return "`" + field + "`";
    }

    @Override
    public Optional<String> text(String field) {
        return receives.containsKey(field)
                ? Optional.of(standIn)
                : map.get(field).flatMap(node -> values.text(node, quoted(field)));
    }

    @Override
    public boolean flag(String field) {
        return map.get(field).flatMap(node -> values.flag(node, quoted(field))).orElse(false);
    }

    @Override
    public OptionalLong integer(String field) {
        return map.get(field)
                .map(node -> values.integer(node, quoted(field)))
                .orElseGet(OptionalLong::empty);
    }

    @Override
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Node item : map.get(field).map(n -> values.list(n, quoted(field))).orElse(List.of())) {
            values.text(item, "an item of " + quoted(field)).ifPresent(texts::add);
        }
        return texts;
    }

    @Override
    public Map<String, String> textByName(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        Optional<YamlMap> inner = map.get(field).flatMap(node -> values.map(node, quoted(field)));
        inner.ifPresent(
                entries -> entries.keys().forEach(key -> addText(texts, entries, field, key)));
        return texts;
    }

    private void addText(Map<String, String> texts, YamlMap entries, String field, String key) {
        String what = quoted(key) + " in " + quoted(field);
        String text = entries.get(key).flatMap(node -> values.text(node, what)).orElse("");
        texts.put(key, text);
    }

    @Override
    public List<Map<String, String>> records(String field) {
        List<Map<String, String>> records = new ArrayList<>();
        for (Node item : map.get(field).map(n -> values.list(n, quoted(field))).orElse(List.of())) {
            Map<String, String> texts = new LinkedHashMap<>();
            values.map(item, "an item of " + quoted(field))
                    .ifPresent(
                            entries ->
                                    entries.keys()
                                            .forEach(key -> addText(texts, entries, field, key)));
            records.add(texts);
        }
        return records;
    }

    @Override
    public boolean isSecret(String field) {
        Reception reception = receives.get(field);
        return reception != null && reception.receipt().isSecret();
    }

    /** What is said of a stand-in means nothing. */
    @Override
    public void problem(String field, String message, String advice) {
        if (!receives.containsKey(field)) {
            problems.error(map.placeOfValue(field), message, advice);
        }
    }

    @Override
    public void warning(String field, String message, String advice) {
        if (!receives.containsKey(field)) {
            problems.warning(map.placeOfValue(field), message, advice);
        }
    }
}
