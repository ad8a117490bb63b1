package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.yaml.snakeyaml.nodes.Node;

/** One resource's mapping as what kinds decode from. */
record NodeFields(
        ResourceId id,
        Meta meta,
        Optional<String> collectedInto,
        YamlMap map,
        NodeValues values,
        Problems problems)
        implements Fields {
    private static String quoted(String field) {
        return "`" + field + "`";
    }

    @Override
    public Optional<String> text(String field) {
        return map.get(field).flatMap(node -> values.text(node, quoted(field)));
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
    public void problem(String field, String message, String advice) {
        problems.error(map.placeOfValue(field), message, advice);
    }

    @Override
    public void warning(String field, String message, String advice) {
        problems.warning(map.placeOfValue(field), message, advice);
    }
}
