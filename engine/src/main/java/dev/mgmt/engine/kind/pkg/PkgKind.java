package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import dev.mgmt.engine.kind.pkg.PkgResource.State;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

final class PkgKind implements Kind {
    /**
     * No package manager here has names with other characters: no pattern and no option gets by.
     */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+.:@-]*");

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_+.:~^-]*");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    @Override
    public String name() {
        return "pkg";
    }

    @Override
    public List<String> fields() {
        return List.of(
                "state", "allowuntrusted", "allownonfree", "allowunsupported", "allowdowngrade");
    }

    @Override
    public List<String> receivable() {
        return List.of("state");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        boolean named = NAME.matcher(fields.id().name()).matches();
        if (!named) {
            fields.problem(
                    "name",
                    "`" + fields.id().name() + "` is not the name of a package",
                    "write the name alone, and a version into `state`");
        }
        State state = state(fields);
        Set<Allow> allows = EnumSet.noneOf(Allow.class);
        allow(fields, "allowuntrusted", Allow.UNTRUSTED, allows);
        allow(fields, "allownonfree", Allow.NONFREE, allows);
        allow(fields, "allowunsupported", Allow.UNSUPPORTED, allows);
        allow(fields, "allowdowngrade", Allow.DOWNGRADE, allows);
        return named
                ? Optional.of(new PkgResource(fields.id(), fields.meta(), state, allows))
                : Optional.empty();
    }

    private static State state(Fields fields) {
        String state = fields.filled("state").orElse("installed");
        return switch (state) {
            case "installed" -> new State.Installed();
            case "uninstalled" -> new State.Uninstalled();
            case "newest" -> new State.Newest();
            default -> version(fields, state);
        };
    }

    /** A version has a digit in it, or every mistyped state would be one. */
    private static State version(Fields fields, String text) {
        if (VERSION.matcher(text).matches() && DIGIT.matcher(text).find()) {
            return new State.Version(text);
        }
        fields.problem(
                "state",
                "`" + text + "` is neither a state nor a version of a package",
                "use `installed`, `uninstalled`, `newest` or a version as the package manager"
                        + " spells it");
        return new State.Installed();
    }

    private static void allow(Fields fields, String field, Allow what, Set<Allow> allows) {
        if (fields.flag(field)) {
            allows.add(what);
        }
    }
}
