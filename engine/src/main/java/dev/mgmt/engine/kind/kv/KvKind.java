package dev.mgmt.engine.kind.kv;

import dev.mgmt.engine.kind.kv.KvResource.Keeps;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;

final class KvKind implements Kind {
    @Override
    public String name() {
        return "kv";
    }

    @Override
    public List<String> fields() {
        return List.of("key", "value", "skiplessthan", "skipcmpstyle");
    }

    @Override
    public List<String> receivable() {
        return List.of("value");
    }

    @Override
    public List<String> outputs() {
        return List.of(KvDriver.OUTPUT);
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        String key = fields.filled("key").orElse(fields.id().name());
        Optional<String> value = fields.text("value");
        Keeps keeps = keeps(fields);
        if (keeps == Keeps.GREATER_NUMBERS
                && value.filter(text -> Comparison.number(text).isEmpty()).isPresent()) {
            fields.problem(
                    "value",
                    "`" + value.get() + "` cannot be compared: it is not a whole number",
                    "write a number, or compare texts with `skipcmpstyle: 1`");
        }
        return Optional.of(new KvResource(fields.id(), fields.meta(), key, value, keeps));
    }

    private static Keeps keeps(Fields fields) {
        long style = fields.integer("skipcmpstyle").orElse(0);
        if (style != 0 && style != 1) {
            fields.problem(
                    "skipcmpstyle", "`skipcmpstyle` must be 0 (whole numbers) or 1 (texts)", "");
        }
        if (!fields.flag("skiplessthan")) {
            return Keeps.NONE;
        }
        return style == 0 ? Keeps.GREATER_NUMBERS : Keeps.GREATER_TEXTS;
    }
}
