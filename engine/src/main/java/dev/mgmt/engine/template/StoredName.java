package dev.mgmt.engine.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a template names what hosts say under a key: {@code kv[key]} is all of them, {@code
 * kv[key].host} one.
 */
record StoredName(String key, Optional<String> host) {
    private static final Pattern FORM = Pattern.compile("kv\\[(.+?)](?:\\.(.+))?", Pattern.DOTALL);

    static Optional<StoredName> parse(String name) {
        Matcher form = FORM.matcher(name);
        return form.matches()
                ? Optional.of(new StoredName(form.group(1), Optional.ofNullable(form.group(2))))
                : Optional.empty();
    }

    /** Whether it may be meant as one, well formed or not. */
    static boolean isMeant(String name) {
        return name.equals("kv") || name.startsWith("kv[") || name.startsWith("kv.");
    }
}
