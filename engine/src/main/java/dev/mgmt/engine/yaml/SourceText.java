package dev.mgmt.engine.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.reader.StreamReader;

/** The bytes of a file as text that YAML allows. */
final class SourceText {
    /** A larger file is a mistake or an attack. */
    static final int MAX_BYTES = 64 << 20;

    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SourceText() {}

    static Optional<String> decode(byte[] bytes, Problems problems) {
        if (bytes.length > MAX_BYTES) {
            problems.error(
                    Place.START,
                    "the file is larger than " + (MAX_BYTES >> 20) + " MiB",
                    "split it, or copy large contents with `source`");
            return Optional.empty();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The decoder says so where it could not go on, and the file may say so itself.
        boolean doubtful = text.indexOf(REPLACEMENT) >= 0;
        if (doubtful && !isUtf8(bytes, problems)) {
            return Optional.empty();
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return checked(marked ? text.substring(1) : text, problems);
    }

    private static boolean isUtf8(byte[] bytes, Problems problems) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length);
        CoderResult result = strictUtf8().decode(input, output, true);
        output.flip();
        if (output.hasRemaining() && output.charAt(0) == BYTE_ORDER_MARK) {
            output.get();
        }
        if (result.isError()) {
            problems.error(
                    Place.after(output),
                    "the byte 0x%02X is not UTF-8".formatted(bytes[input.position()]),
                    "save the file as UTF-8");
        }
        return !result.isError();
    }

    private static CharsetDecoder strictUtf8() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static Optional<String> checked(String text, Problems problems) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            boolean usual = codePoint >= ' ' && codePoint <= '~';
            if (!usual && !StreamReader.isPrintable(codePoint)) {
                problems.error(
                        Place.after(text.substring(0, i)),
                        "the character U+%04X cannot stand in YAML".formatted(codePoint),
                        "in double quotes it can be written as an escape");
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }
}
