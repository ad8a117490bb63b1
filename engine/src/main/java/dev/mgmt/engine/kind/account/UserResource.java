package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An account; its name is the resource's. What is absent here is whatever the host gives it, or
 * has.
 *
 * @param group its login group, by name or number
 * @param groups exactly these further groups, by name or number, sorted; empty: left alone
 * @param homedir made with the account, and never moved
 * @param sharing whether other accounts may have the same number
 */
public record UserResource(
        ResourceId id,
        Meta meta,
        Presence state,
        OptionalLong uid,
        Optional<String> group,
        List<String> groups,
        Optional<String> homedir,
        Optional<String> shell,
        Sharing sharing)
        implements Resource {
    public UserResource {
        groups = groups.stream().sorted().distinct().toList();
    }

    /** Whether the account's number is its own. */
    public enum Sharing {
        UNIQUE,
        DUPLICATE
    }

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
        names.add(new Thing.User(id.name()));
        uid.ifPresent(number -> names.add(new Thing.User(Long.toString(number))));
        return names;
    }

    /**
     * An account whose login group is not given is put into the group of its name, if any. One that
     * is to be gone needs its groups too: a group that somebody logs in with cannot be removed.
     */
    @Override
    public List<Need> needs() {
        List<Need> needed = new ArrayList<>();
        needed.add(new Need.Of(new Thing.Group(group.orElse(id.name()))));
        groups.forEach(name -> needed.add(new Need.Of(new Thing.Group(name))));
        return needed;
    }

    @Override
    public Optional<Resource> reversed() {
        return state == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(
                        new UserResource(
                                id,
                                meta,
                                Presence.ABSENT,
                                OptionalLong.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                sharing));
    }
}
