package dev.mgmt.remote.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object that was read, asked field by field; every surprise is a {@link MalformedMessage}. */
final class JsonObject {
    private final Map<String, @Nullable Object> fields;

    private JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    static JsonObject read(String text) throws MalformedMessage {
        try (JsonParser json = Json.FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessage("not a JSON object");
            }
            JsonObject object = object(json);
            if (json.nextToken() != null) {
                throw new MalformedMessage("more than one JSON object");
            }
            return object;
        } catch (IOException e) {
            throw new MalformedMessage("not JSON: " + firstLine(e));
        }
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static JsonObject object(JsonParser json) throws IOException, MalformedMessage {
        Map<String, @Nullable Object> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            fields.put(name, value(json, json.nextToken()));
        }
        return new JsonObject(fields);
    }

    private static @Nullable Object value(JsonParser json, JsonToken token)
            throws IOException, MalformedMessage {
        if (token == JsonToken.START_OBJECT) {
            return object(json);
        } else if (token == JsonToken.START_ARRAY) {
            return array(json);
        } else if (token == JsonToken.VALUE_STRING) {
            return json.getText();
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        } else if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        throw new MalformedMessage("a JSON value of a kind that is never sent");
    }

    private static List<@Nullable Object> array(JsonParser json)
            throws IOException, MalformedMessage {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            elements.add(value(json, token));
        }
        return elements;
    }

    Set<String> names() {
        return Set.copyOf(fields.keySet());
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    String text(String name) throws MalformedMessage {
        return as(String.class, name, fields.get(name));
    }

    long number(String name) throws MalformedMessage {
        return as(Long.class, name, fields.get(name));
    }

    int count(String name) throws MalformedMessage {
        long number = number(name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedMessage("\"" + name + "\" is out of range");
        }
        return (int) number;
    }

    <E extends Enum<E>> E word(Class<E> type, String name) throws MalformedMessage {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (Words.of(constant).equals(text)) {
                return constant;
            }
        }
        throw new MalformedMessage("\"" + name + "\" is not a known word");
    }

    JsonObject object(String name) throws MalformedMessage {
        return as(JsonObject.class, name, fields.get(name));
    }

    List<JsonObject> objects(String name) throws MalformedMessage {
        return elements(JsonObject.class, name);
    }

    List<String> texts(String name) throws MalformedMessage {
        return elements(String.class, name);
    }

    private <T> List<T> elements(Class<T> type, String name) throws MalformedMessage {
        List<T> elements = new ArrayList<>();
        for (Object element : as(List.class, name, fields.get(name))) {
            elements.add(as(type, name, element));
        }
        return elements;
    }

    private static <T> T as(Class<T> type, String name, @Nullable Object value)
            throws MalformedMessage {
        if (!type.isInstance(value)) {
            throw new MalformedMessage("\"" + name + "\" is missing or of the wrong type");
        }
        return type.cast(value);
    }
}
