package dev.mgmt.engine.yaml;

import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Optional;

/** The form {@code file[a] -> exec[b]}, or with {@code ~>} to notify. */
final class ShortEdge {
    private ShortEdge() {}

    /** A name may contain anything, arrows too: the first arrow between two ends counts. */
    static Optional<Edge> parse(String text) {
        for (int arrow = text.indexOf('>'); arrow > 0; arrow = text.indexOf('>', arrow + 1)) {
            char shaft = text.charAt(arrow - 1);
            if (shaft != '-' && shaft != '~') {
                continue;
            }
            Optional<ResourceId> from = end(text.substring(0, arrow - 1));
            Optional<ResourceId> to = end(text.substring(arrow + 1));
            if (from.isPresent() && to.isPresent()) {
                return Optional.of(
                        shaft == '~'
                                ? new Edge.Notify(from.get(), to.get())
                                : new Edge.Order(from.get(), to.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<ResourceId> end(String text) {
        String end = text.strip();
        int bracket = end.indexOf('[');
        boolean complete =
                bracket > 0
                        && end.endsWith("]")
                        && bracket + 2 < end.length()
                        && isKind(end, bracket);
        return complete
                ? Optional.of(
                        new ResourceId(
                                end.substring(0, bracket),
                                end.substring(bracket + 1, end.length() - 1)))
                : Optional.empty();
    }

    /** Whether all before the bracket are characters of kinds; there are many edges in a file. */
    private static boolean isKind(String text, int bracket) {
        for (int at = 0; at < bracket; at++) {
            char c = text.charAt(at);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && c != '_' && c != ':') {
                return false;
            }
        }
        return true;
    }
}
