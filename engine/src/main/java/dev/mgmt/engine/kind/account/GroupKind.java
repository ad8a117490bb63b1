package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;

final class GroupKind implements Kind {
    @Override
    public String name() {
        return "group";
    }

    @Override
    public List<String> fields() {
        return List.of("state", "gid");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        AccountName.check(fields, "name", fields.id().name());
        return Optional.of(
                new GroupResource(
                        fields.id(),
                        fields.meta(),
                        Presence.required(fields, "a group"),
                        AccountName.number(fields, "gid")));
    }
}
