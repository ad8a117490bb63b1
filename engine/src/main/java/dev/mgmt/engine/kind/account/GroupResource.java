package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A group of accounts; its name is the resource's.
 *
 * @param gid absent: whichever the host gives it, or has
 */
public record GroupResource(ResourceId id, Meta meta, Presence state, OptionalLong gid)
        implements Resource {
    @Override
    public List<Thing> makes() {
        return state == Presence.EXISTS ? names() : List.of();
    }

    @Override
    public List<Thing> removes() {
        return state == Presence.ABSENT ? names() : List.of();
    }

    private List<Thing> names() {
        List<Thing> names = new ArrayList<>();
        names.add(new Thing.Group(id.name()));
        gid.ifPresent(number -> names.add(new Thing.Group(Long.toString(number))));
        return names;
    }

    @Override
    public Optional<Resource> reversed() {
        return state == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(new GroupResource(id, meta, Presence.ABSENT, OptionalLong.empty()));
    }
}
