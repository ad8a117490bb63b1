package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.kind.account.UserResource.Sharing;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Paths;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

final class UserKind implements Kind {
    @Override
    public String name() {
        return "user";
    }

    @Override
    public List<String> fields() {
        return List.of(
                "state", "uid", "gid", "group", "groups", "homedir", "shell", "allowduplicateuid");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        AccountName.check(fields, "name", fields.id().name());
        List<String> groups = fields.texts("groups");
        groups.forEach(group -> AccountName.checkNameOrNumber(fields, "groups", group));
        return Optional.of(
                new UserResource(
                        fields.id(),
                        fields.meta(),
                        Presence.required(fields, "a user"),
                        AccountName.number(fields, "uid"),
                        group(fields),
                        groups,
                        path(fields, "homedir"),
                        path(fields, "shell"),
                        fields.flag("allowduplicateuid") ? Sharing.DUPLICATE : Sharing.UNIQUE));
    }

    private static Optional<String> group(Fields fields) {
        OptionalLong gid = AccountName.number(fields, "gid");
        Optional<String> group = fields.filled("group");
        group.ifPresent(name -> AccountName.checkNameOrNumber(fields, "group", name));
        if (gid.isPresent() && group.isPresent()) {
            fields.problem(
                    "gid", "`gid` and `group` both name the login group", "keep one of them");
        }
        return gid.isPresent() ? Optional.of(Long.toString(gid.getAsLong())) : group;
    }

    private static Optional<String> path(Fields fields, String field) {
        return fields.filled(field)
                .filter(text -> AccountName.checkText(fields, field, text))
                .flatMap(text -> Paths.absolute(fields, field, text))
                .map(Object::toString);
    }
}
