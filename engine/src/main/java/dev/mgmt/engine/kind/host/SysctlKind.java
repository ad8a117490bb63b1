package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;

final class SysctlKind implements Kind {
    @Override
    public String name() {
        return "sysctl";
    }

    @Override
    public List<String> fields() {
        return List.of("key", "state", "value", "runtime", "persist");
    }

    @Override
    public List<String> receivable() {
        return List.of("value");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Optional<String> given = fields.filled("key");
        Optional<SysctlKey> key = SysctlKey.of(given.orElse(fields.id().name()));
        if (key.isEmpty()) {
            fields.problem(
                    given.isPresent() ? "key" : "name",
                    "`"
                            + given.orElse(fields.id().name())
                            + "` is not the name of a kernel parameter",
                    "write it as sysctl does, such as net.ipv4.ip_forward");
        }
        Presence state = Presence.of(fields, "a kernel parameter", Presence.EXISTS);
        String value = fields.text("value").orElse("").strip();
        if (value.isEmpty() && state == Presence.EXISTS) {
            fields.problem("value", "`value` is missing", "say what the parameter should be");
        }
        OneLine.check(fields, "value", value);
        Extent extent = Extent.of(fields);
        return key.map(
                parsed ->
                        new SysctlResource(
                                fields.id(),
                                fields.meta(),
                                state,
                                parsed,
                                value.replaceAll("[ \t]+", " "),
                                extent));
    }
}
