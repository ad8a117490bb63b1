package dev.mgmt.engine.resource;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** What an unquoted text of a graph file means where something else than text is asked for. */
public final class ScalarText {
    private static final Pattern INTEGER = Pattern.compile("0|[+-]?[1-9][0-9]{0,17}");

    /** As YAML 1.1 has them, which is what old graphs were read with. */
    private static final Set<String> TRUE =
            Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y");

    private static final Set<String> FALSE =
            Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N");

    private ScalarText() {}

    public static Optional<Boolean> flag(String text) {
        if (TRUE.contains(text)) {
            return Optional.of(true);
        }
        return FALSE.contains(text) ? Optional.of(false) : Optional.empty();
    }

    public static OptionalLong integer(String text) {
        return INTEGER.matcher(text).matches()
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }
}
