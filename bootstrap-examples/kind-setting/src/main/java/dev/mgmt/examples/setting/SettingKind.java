package dev.mgmt.examples.setting;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code file} and {@code value} are required; {@code key} is the name unless given. */
final class SettingKind implements Kind {
    @Override
    public String name() {
        return "setting";
    }

    @Override
    public List<String> fields() {
        return List.of("file", "key", "value");
    }

    /** Others' outputs may become its value. */
    @Override
    public List<String> receivable() {
        return List.of("value");
    }

    /** Every problem is told, so that people see them all at once. */
    @Override
    public Optional<Resource> decode(Fields fields) {
        String file = fields.text("file").orElse("");
        String key = fields.text("key").orElse(fields.id().name());
        Optional<String> value = fields.text("value");
        boolean usable = true;
        if (!file.startsWith("/")) {
            fields.problem("file", "`file` must be an absolute path", "start it with `/`");
            usable = false;
        }
        if (!key.matches("[A-Za-z0-9_.-]+")) {
            fields.problem("key", "`" + key + "` is not a key", "letters, digits, `_`, `.`, `-`");
            usable = false;
        }
        if (value.isEmpty() || value.get().contains("\n")) {
            fields.problem("value", "`value` must be one line", "");
            usable = false;
        }
        return usable
                ? Optional.of(
                        new SettingResource(
                                fields.id(),
                                fields.meta(),
                                Path.of(file).normalize(),
                                key,
                                value.orElse("")))
                : Optional.empty();
    }
}
