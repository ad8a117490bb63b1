package dev.mgmt.remote.inventory;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A graph's text without the password that its {@code remote:} key may hold: the whole text goes to
 * the host, and how we log in there is none of its business.
 */
final class RemoteSecret {
    private static final String KEY = "remote";

    private RemoteSecret() {}

    /**
     * The same text, line by line, but for user and password.
     *
     * @param text a graph that is valid
     */
    static String removed(String text) {
        return url(text).map(node -> without(node, text)).orElse(text);
    }

    private static Optional<ScalarNode> url(String text) {
        // Most graphs have no such key, and need not be read again to know it.
        if (!text.contains(KEY) && !text.contains("\\")) {
            return Optional.empty();
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(InputFile.LARGEST);
        Node root = new Yaml(options).compose(new StringReader(text));
        if (!(root instanceof MappingNode top)) {
            return Optional.empty();
        }
        return top.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode key && isKey(key))
                .map(entry -> entry.getValueNode())
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast)
                .filter(node -> node.getValue().contains("@"))
                .findFirst();
    }

    private static boolean isKey(ScalarNode key) {
        return key.getValue().equals(KEY);
    }

    private static String without(ScalarNode node, String text) {
        int from = text.offsetByCodePoints(0, node.getStartMark().getIndex());
        int to = text.offsetByCodePoints(0, node.getEndMark().getIndex());
        String written = text.substring(from, to);
        int begin = written.indexOf("//");
        int end = written.lastIndexOf('@');
        String kept =
                begin >= 0 && end > begin
                        ? written.substring(0, begin + 2) + written.substring(end + 1)
                        // Written with escapes: what is what does not show.
                        : "\"ssh://removed\"";
        return text.substring(0, from) + kept + text.substring(to);
    }
}
