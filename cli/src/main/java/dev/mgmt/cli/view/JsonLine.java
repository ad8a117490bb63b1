package dev.mgmt.cli.view;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One JSON object (RFC 8259) on one line, fields in the order in which they were added. Written by
 * hand so that a program that only prints starts without a JSON library.
 */
final class JsonLine {
    private final StringBuilder text = new StringBuilder("{");

    JsonLine with(String name, String value) {
        key(name);
        quote(value);
        return this;
    }

    JsonLine with(String name, long value) {
        key(name).append(value);
        return this;
    }

    /** Seconds, to the millisecond. */
    JsonLine with(String name, Duration value) {
        key(name).append(String.format(Locale.ROOT, "%.3f", value.toMillis() / 1e3));
        return this;
    }

    JsonLine with(String name, JsonLine value) {
        key(name).append(value);
        return this;
    }

    JsonLine withTexts(String name, List<String> values) {
        key(name).append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            quote(values.get(i));
        }
        text.append(']');
        return this;
    }

    JsonLine withObjects(String name, List<JsonLine> values) {
        key(name).append('[');
        text.append(String.join(",", values.stream().map(JsonLine::toString).toList()));
        text.append(']');
        return this;
    }

    private StringBuilder key(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        return text.append(':');
    }

    /**
     * Everything below U+0020 must be escaped (section 7); DEL, C1 and lone surrogates are too, so
     * that the line can be looked at on a terminal and is always valid UTF-8.
     */
    private void quote(String value) {
        text.append('"');
        value.codePoints().forEach(this::escape);
        text.append('"');
    }

    private void escape(int point) {
        if (point == '"' || point == '\\') {
            text.append('\\').appendCodePoint(point);
        } else if (point == '\n') {
            text.append("\\n");
        } else if (point < ' '
                || (point >= 0x7f && point < 0xa0)
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            text.append(String.format("\\u%04x", point));
        } else {
            text.appendCodePoint(point);
        }
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
