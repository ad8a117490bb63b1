package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;

final class NoopKind implements Kind {
    @Override
    public String name() {
        return "noop";
    }

    @Override
    public List<String> fields() {
        return List.of("comment");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        String comment = fields.text("comment").orElse("");
        return Optional.of(new NoopResource(fields.id(), fields.meta(), comment));
    }
}
