package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;

final class PrintKind implements Kind {
    @Override
    public String name() {
        return "print";
    }

    @Override
    public List<String> fields() {
        return List.of("msg");
    }

    @Override
    public List<String> receivable() {
        return List.of("msg");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        String message = fields.text("msg").orElse("");
        return Optional.of(new PrintResource(fields.id(), fields.meta(), message));
    }
}
