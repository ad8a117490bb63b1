package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.HostnameResource.Name;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

final class HostnameKind implements Kind {
    /** As the kernel takes it, and hostname(7) wants it. */
    static final int LONGEST = 64;

    private static final Pattern VALID =
            Pattern.compile(
                    "[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    @Override
    public String name() {
        return "hostname";
    }

    @Override
    public List<String> fields() {
        return List.of("hostname", "pretty_hostname", "static_hostname", "transient_hostname");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Map<Name, String> wanted = new EnumMap<>(Name.class);
        boolean valid = true;
        for (Name name : Name.values()) {
            Optional<String> own = fields.filled(field(name));
            own.ifPresent(text -> wanted.put(name, text));
            if (own.isPresent()) {
                valid &= check(fields, name, field(name), own.get());
            }
        }
        Optional<String> all = fields.filled("hostname");
        if (all.isPresent() || wanted.isEmpty()) {
            String text = all.orElse(fields.id().name());
            valid &= check(fields, Name.STATIC, all.isPresent() ? "hostname" : "name", text);
            for (Name name : Name.values()) {
                wanted.putIfAbsent(name, text);
            }
        }
        return valid
                ? Optional.of(new HostnameResource(fields.id(), fields.meta(), wanted))
                : Optional.empty();
    }

    private static String field(Name name) {
        return switch (name) {
            case PRETTY -> "pretty_hostname";
            case STATIC -> "static_hostname";
            case TRANSIENT -> "transient_hostname";
        };
    }

    private static boolean check(Fields fields, Name name, String field, String text) {
        if (name == Name.PRETTY) {
            if (CONTROL.matcher(text).find()) {
                fields.problem(field, "a pretty name is one line of text", "");
                return false;
            }
            return true;
        }
        if (text.length() > LONGEST || !VALID.matcher(text).matches()) {
            fields.problem(
                    field,
                    "`" + text + "` cannot be the name of a host",
                    "use up to 64 letters, digits, `-` and `.`");
            return false;
        }
        return true;
    }
}
