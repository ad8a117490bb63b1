package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directory that holds what is in an archive.
 *
 * @param path of the directory, absolute and normalized
 * @param source of the archive, absolute and normalized
 * @param strip how many leading parts of each name are left out
 * @param owner of everything that is unpacked; the archive's own owners are never taken
 * @param clash what to do where something of another type stands
 */
public record TarResource(
        ResourceId id,
        Meta meta,
        Path path,
        Path source,
        int strip,
        Optional<String> owner,
        Optional<String> group,
        Clash clash)
        implements Resource {
    /** What to do where something of another type stands than in the archive. */
    public enum Clash {
        IS_ERROR,
        IS_REPLACED
    }

    @Override
    public List<Thing> makes() {
        return List.of(new Thing.At(path));
    }

    /** The directory itself may be another resource's too, for its owner and mode. */
    @Override
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>(6);
        needs.add(new Need.Of(new Thing.At(source)));
        needs.add(new Need.DirectoryAbove(source));
        needs.add(new Need.Of(new Thing.At(path)));
        needs.add(new Need.DirectoryAbove(path));
        owner.ifPresent(name -> needs.add(new Need.Of(new Thing.User(name))));
        group.ifPresent(name -> needs.add(new Need.Of(new Thing.Group(name))));
        return needs;
    }
}
