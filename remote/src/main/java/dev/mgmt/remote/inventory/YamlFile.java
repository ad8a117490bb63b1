package dev.mgmt.remote.inventory;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Bytes to YAML nodes. Nodes are never turned into objects, so tags create nothing; what is read
 * from them goes a fixed number of levels deep, so an alias is never multiplied.
 */
final class YamlFile {
    private static final int DEEPEST = 50;
    private static final int MOST_ALIASES = 1000;

    private final String file;
    private final Problems problems;

    YamlFile(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The document's root; empty if there is none, which has then been told. */
    Optional<Node> compose(byte[] bytes) {
        return decode(bytes).flatMap(this::compose);
    }

    private Optional<String> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            problems.add(end(text), "this is not UTF-8");
            return Optional.empty();
        }
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private Optional<Node> compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setCodePointLimit(InputFile.LARGEST);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.add(Place.wholeFile(file), "the file is empty");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException malformed) {
            tell(malformed);
        } catch (ReaderException unprintable) {
            String before =
                    text.substring(0, text.offsetByCodePoints(0, unprintable.getPosition()));
            problems.add(
                    end(before),
                    "the character U+%04X may not stand in YAML"
                            .formatted(unprintable.getCodePoint()));
        } catch (YAMLException limit) {
            problems.add(Place.wholeFile(file), "refused: " + limit.getMessage());
        }
        return Optional.empty();
    }

    private void tell(MarkedYAMLException malformed) {
        Mark mark = malformed.getProblemMark();
        Place place = new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
        String problem = malformed.getProblem();
        String context = malformed.getContext();
        if (problem.contains("(TAB)")) {
            problems.add(place, "a tab cannot stand here", "indent with spaces");
        } else if (problem.endsWith("but got [")) {
            problems.add(place, "a `[` cannot stand here", "put ranges of hosts into quotes");
        } else {
            problems.add(place, context == null ? problem : context + ", " + problem);
        }
    }

    /** The place just behind this text. */
    private Place end(String text) {
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        return new Place(file, line, last.codePointCount(0, last.length()) + 1);
    }
}
