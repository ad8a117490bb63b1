package dev.mgmt.engine.exchange;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.ScalarText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of a receiving resource with what it has received. What is wrong is gathered. */
final class FilledFields implements Fields {
    private final ReceivingResource resource;
    private final Map<String, String> received;
    private final List<String> problems = new ArrayList<>();

    FilledFields(ReceivingResource resource, Map<String, String> received) {
        this.resource = resource;
        this.received = received;
    }

    List<String> problems() {
        return problems;
    }

    @Override
    public ResourceId id() {
        return resource.id();
    }

    @Override
    public Meta meta() {
        return resource.meta();
    }

    /** Only resources of the graph itself receive. */
    @Override
    public Optional<String> collectedInto() {
        return Optional.empty();
    }

    @Override
    public Optional<String> text(String field) {
        String value = received.get(field);
        return value != null ? Optional.of(value) : scalar(field).map(Value.Scalar::text);
    }

    @Override
    public boolean flag(String field) {
        return plain(field).flatMap(ScalarText::flag).orElse(false);
    }

    @Override
    public OptionalLong integer(String field) {
        return plain(field).map(ScalarText::integer).orElseGet(OptionalLong::empty);
    }

    @Override
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Value item : items(field)) {
            if (item instanceof Value.Scalar(String text, Value.Style _)) {
                texts.add(text);
            }
        }
        return texts;
    }

    @Override
    public Map<String, String> textByName(String field) {
        return resource.given().get(field) instanceof Value.Entries map ? texts(map) : Map.of();
    }

    @Override
    public List<Map<String, String>> records(String field) {
        List<Map<String, String>> records = new ArrayList<>();
        for (Value item : items(field)) {
            if (item instanceof Value.Entries map) {
                records.add(texts(map));
            }
        }
        return records;
    }

    @Override
    public boolean isSecret(String field) {
        Receipt receipt = resource.receives().get(field);
        return receipt != null && receipt.isSecret();
    }

    @Override
    public void problem(String field, String message, String advice) {
        problems.add(isSecret(field) ? "`" + field + "` does not fit" : message);
    }

    @Override
    public void warning(String field, String message, String advice) {}

    private Optional<Value.Scalar> scalar(String field) {
        return resource.given().get(field) instanceof Value.Scalar scalar
                ? Optional.of(scalar)
                : Optional.empty();
    }

    private Optional<String> plain(String field) {
        return scalar(field)
                .filter(scalar -> scalar.style() == Value.Style.PLAIN)
                .map(Value.Scalar::text);
    }

    private List<Value> items(String field) {
        return resource.given().get(field) instanceof Value.Items(List<Value> items)
                ? items
                : List.of();
    }

    private static Map<String, String> texts(Value.Entries map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.entries()
                .forEach(
                        (name, value) -> {
                            if (value instanceof Value.Scalar(String text, Value.Style _)) {
                                texts.put(name, text);
                            }
                        });
        return texts;
    }
}
