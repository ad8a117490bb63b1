package dev.mgmt.engine.template;

import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names in templates, and what can be told of them without a host. */
public final class Names {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");
    private static final Set<String> RESERVED = Set.of(Scope.FACTS, "kv", "this");

    /** Those that the library itself gives in a section, and the value the section is about. */
    private static final Set<String> OF_SECTIONS = Set.of(".", "this", "-first", "-last", "-index");

    private Names() {}

    /** What to tell whoever called a variable something else. */
    public static final String RULE =
            "use letters, digits, `_` and `-`; `facts`, `kv` and `this` are taken";

    /** Whether a variable may be called this. */
    public static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches() && !RESERVED.contains(name);
    }

    /** What a name is about. */
    public sealed interface Meaning {
        /** The place in a section. */
        record OfSection() implements Meaning {}

        record Fact() implements Meaning {}

        /**
         * @param key whose values are read
         */
        record Stored(String key) implements Meaning {}

        /** A variable, or in a section an element of what the section is about. */
        record Variable() implements Meaning {}

        /** Nothing that any host could know. */
        record Wrong(TemplateFault fault) implements Meaning {}
    }

    public static Meaning meaning(String name) {
        if (OF_SECTIONS.contains(name)) {
            return new Meaning.OfSection();
        }
        if (StoredName.isMeant(name)) {
            return StoredName.parse(name)
                    .<Meaning>map(stored -> new Meaning.Stored(stored.key()))
                    .orElseGet(
                            () ->
                                    new Meaning.Wrong(
                                            new TemplateFault.Malformed(
                                                    "`"
                                                            + name
                                                            + "` names no value: write `kv[key]`"
                                                            + " or `kv[key].host`",
                                                    0)));
        }
        if (!name.equals(Scope.FACTS) && !isFact(name)) {
            return new Meaning.Variable();
        }
        return name.equals(Scope.FACTS) || facts().contains(name)
                ? new Meaning.Fact()
                : new Meaning.Wrong(new TemplateFault.Unknown(name, facts(), 0));
    }

    static boolean isFact(String name) {
        return name.startsWith(Scope.FACTS + ".");
    }

    static List<String> facts() {
        return Facts.names().stream().map(name -> Scope.FACTS + "." + name).toList();
    }

    /** The value of a dotted name. */
    public static Optional<Value> find(Value.Entries in, String name) {
        Value whole = in.entries().get(name);
        if (whole != null) {
            return Optional.of(whole);
        }
        int dot = name.indexOf('.');
        return dot > 0
                        && in.entries().get(name.substring(0, dot))
                                instanceof Value.Entries(Map<String, Value> inner)
                ? find(new Value.Entries(inner), name.substring(dot + 1))
                : Optional.empty();
    }

    /** All dotted names that have a value. */
    public static List<String> all(Value.Entries in) {
        List<String> names = new ArrayList<>();
        in.entries()
                .forEach(
                        (name, value) -> {
                            names.add(name);
                            if (value instanceof Value.Entries inner) {
                                all(inner).forEach(each -> names.add(name + "." + each));
                            }
                        });
        return names;
    }
}
