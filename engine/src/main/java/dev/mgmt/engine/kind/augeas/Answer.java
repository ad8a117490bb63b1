package dev.mgmt.engine.kind.augeas;

import dev.mgmt.engine.os.FileFault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code augtool} answers to a {@link Script}.
 *
 * @param unread what could not be loaded: paths of the tree and their values
 * @param before the nodes that each setting's path led to
 * @param after the same once all were set
 * @param saved paths of the tree whose files were written, or would be
 * @param unsaved what could not be saved, and still what could not be loaded
 */
record Answer(
        Map<String, String> unread,
        List<List<Node>> before,
        List<List<Node>> after,
        List<String> saved,
        Map<String, String> unsaved) {
    private static final String MARK = "/augeas/version/save/mode[1] = \"";

    /**
     * @param value empty if it has none
     */
    record Node(String path, Optional<String> value) {}

    static Answer read(String out, int settings) throws FileFault {
        List<List<Node>> sections = new ArrayList<>();
        List<Node> open = new ArrayList<>();
        for (String line : out.split("\n", -1)) {
            if (line.startsWith(MARK)) {
                sections.add(open);
                open = new ArrayList<>();
            } else if (line.startsWith("/")) {
                open.add(node(line));
            }
        }
        if (sections.size() != 2 * settings + 5) {
            throw new FileFault("`augtool` gave an answer that is not understood");
        }
        // After the settings and after the save there is a section in which nothing is asked.
        List<String> saved = new ArrayList<>();
        for (Node node : sections.get(2 * settings + 3)) {
            if (node.path().startsWith("/augeas/events/saved")) {
                node.value().ifPresent(saved::add);
            }
        }
        return new Answer(
                byPath(sections.getFirst()),
                matches(sections.subList(1, 1 + settings)),
                matches(sections.subList(2 + settings, 2 + 2 * settings)),
                saved,
                byPath(sections.get(2 * settings + 4)));
    }

    private static Map<String, String> byPath(List<Node> nodes) {
        Map<String, String> values = new LinkedHashMap<>();
        nodes.forEach(node -> values.put(node.path(), node.value().orElse("")));
        return values;
    }

    private static List<List<Node>> matches(List<List<Node>> sections) {
        return sections.stream().map(Answer::outermost).toList();
    }

    /** Without what is below another one of them. */
    private static List<Node> outermost(List<Node> nodes) {
        List<Node> outermost = new ArrayList<>();
        for (Node node : nodes) {
            boolean below =
                    !outermost.isEmpty()
                            && node.path().startsWith(outermost.getLast().path() + "/");
            if (!below) {
                outermost.add(node);
            }
        }
        return outermost;
    }

    /** In a path blanks and equals signs are escaped: the first of these ends it. */
    private static Node node(String line) {
        int end = line.indexOf(" = \"");
        return end < 0 || !line.endsWith("\"")
                ? new Node(line, Optional.empty())
                : new Node(
                        line.substring(0, end),
                        Optional.of(unescaped(line.substring(end + 4, line.length() - 1))));
    }

    /** As in C; what is not ASCII comes in octal, byte by byte. */
    private static String unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '\\' || at + 1 == text.length()) {
                int end = text.offsetByCodePoints(at, 1);
                bytes.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = end;
            } else if (isOctal(text, at + 1)) {
                bytes.write(Integer.parseInt(text.substring(at + 1, at + 4), 8));
                at += 4;
            } else {
                bytes.write(meaning(text.charAt(at + 1)));
                at += 2;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isOctal(String text, int at) {
        return at + 3 <= text.length()
                && text.substring(at, at + 3).chars().allMatch(c -> c >= '0' && c <= '7');
    }

    private static char meaning(char letter) {
        return switch (letter) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 11;
            case 'f' -> '\f';
            case 'r' -> '\r';
            default -> letter;
        };
    }
}
