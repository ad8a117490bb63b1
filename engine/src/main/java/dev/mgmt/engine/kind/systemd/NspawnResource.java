package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A container of systemd-nspawn, whose directory or image is in /var/lib/machines. */
public record NspawnResource(ResourceId id, Meta meta, State state) implements Resource {
    /** The unit that runs it. */
    public String unit() {
        return "systemd-nspawn@" + id.name() + ".service";
    }

    @Override
    public List<Thing> makes() {
        return List.of(new Thing.Unit(unit()));
    }

    @Override
    public List<Need> needs() {
        return List.of(
                at("/etc/systemd/nspawn/" + id.name() + ".nspawn"),
                at("/var/lib/machines/" + id.name()),
                at("/var/lib/machines/" + id.name() + ".raw"),
                new Need.Shipped(
                        List.of(
                                Path.of("/usr/bin/systemd-nspawn"),
                                Path.of("/usr/lib/systemd/system/systemd-nspawn@.service"))));
    }

    private static Need at(String path) {
        return new Need.Of(new Thing.At(Path.of(path)));
    }

    @Override
    public Optional<Resource> reversed() {
        return switch (state) {
            case RUNNING -> Optional.of(new NspawnResource(id, meta, State.STOPPED));
            case STOPPED -> Optional.empty();
        };
    }
}
