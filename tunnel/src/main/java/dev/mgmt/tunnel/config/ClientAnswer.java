package dev.mgmt.tunnel.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code ssh -G} printed: a line for each option, its name in whatever case, a blank, and the
 * value without quotes. Options that may be given several times have several lines.
 */
public final class ClientAnswer {
    private final Map<String, List<String>> values;

    private ClientAnswer(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Never fails: what is no option is one without a value. */
    public static ClientAnswer parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int blank = line.indexOf(' ');
            String key = blank < 0 ? line : line.substring(0, blank);
            String value = blank < 0 ? "" : line.substring(blank + 1);
            if (!key.isBlank()) {
                values.computeIfAbsent(key.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(value);
            }
        }
        return new ClientAnswer(values);
    }

    public Set<String> options() {
        return values.keySet();
    }

    /** In the order of the lines; none where the option was not printed. */
    public List<String> all(String option) {
        return List.copyOf(values.getOrDefault(option, List.of()));
    }

    public Optional<String> first(String option) {
        return all(option).stream().findFirst();
    }

    /** The same with another value, where the option was printed at all. */
    ClientAnswer with(String option, String value) {
        Map<String, List<String>> others = new LinkedHashMap<>(values);
        others.replace(option, List.of(value));
        return new ClientAnswer(others);
    }

    /** The option's value, unless that is none. */
    Optional<String> set(String option) {
        return first(option).filter(value -> !value.isEmpty() && !value.equals("none"));
    }
}
