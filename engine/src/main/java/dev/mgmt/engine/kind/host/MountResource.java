package dev.mgmt.engine.kind.host;

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
 * A file system at its place.
 *
 * @param point absolute
 * @param device as fstab(5) has it; empty only where nothing is to be mounted
 * @param type as fstab(5) has it
 * @param options in their order, never empty
 * @param freq whether dump(8) saves it
 * @param passno when it is checked at the start of the host; 0: never
 */
public record MountResource(
        ResourceId id,
        Meta meta,
        Presence state,
        Path point,
        String device,
        String type,
        List<String> options,
        int freq,
        int passno,
        Extent extent)
        implements Resource {
    public MountResource {
        options = List.copyOf(options);
    }

    boolean binds() {
        return options.contains("bind") || options.contains("rbind");
    }

    String optionText() {
        return String.join(",", options);
    }

    /** What is in the directory once something is mounted there belongs to that. */
    @Override
    public List<Thing> makes() {
        return state == Presence.EXISTS ? List.of(new Thing.At(point)) : List.of();
    }

    @Override
    public List<Thing> removes() {
        return state == Presence.ABSENT ? List.of(new Thing.At(point)) : List.of();
    }

    @Override
    public List<Need> needs() {
        List<Need> needed = new ArrayList<>();
        needed.add(new Need.Of(new Thing.At(point)));
        needed.add(new Need.DirectoryAbove(point));
        if (device.startsWith("/") && !device.startsWith("//")) {
            Path origin = Path.of(device).normalize();
            needed.add(new Need.Of(new Thing.At(origin)));
            needed.add(new Need.DirectoryAbove(origin));
        }
        return needed;
    }

    @Override
    public Optional<Resource> reversed() {
        return state == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(
                        new MountResource(
                                id,
                                meta,
                                Presence.ABSENT,
                                point,
                                device,
                                type,
                                options,
                                freq,
                                passno,
                                extent));
    }
}
