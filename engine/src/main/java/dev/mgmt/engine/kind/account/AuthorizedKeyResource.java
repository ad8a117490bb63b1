package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key that a user may log in with: one line of a file that is otherwise the user's.
 *
 * @param options exactly what the key may do; empty: everything
 * @param comment absent: the one that stands there, or for a new line the resource's name
 * @param path absent: {@code .ssh/authorized_keys} in the user's home
 */
public record AuthorizedKeyResource(
        ResourceId id,
        Meta meta,
        Presence state,
        String user,
        PublicKey key,
        String options,
        Optional<String> comment,
        Optional<Path> path)
        implements Resource {
    @Override
    public List<Need> needs() {
        List<Need> needed = new ArrayList<>();
        needed.add(new Need.Of(new Thing.User(user)));
        path.ifPresent(file -> needed.add(new Need.DirectoryAbove(file)));
        return needed;
    }

    @Override
    public Optional<Resource> reversed() {
        return state == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(
                        new AuthorizedKeyResource(
                                id, meta, Presence.ABSENT, user, key, "", Optional.empty(), path));
    }
}
