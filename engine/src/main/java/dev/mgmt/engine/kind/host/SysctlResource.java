package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.util.List;
import java.util.Optional;

/**
 * The value of a kernel parameter.
 *
 * @param state absent: its file is not there; the kernel's value stays, for nobody knows another
 * @param value with single blanks where it has several parts
 */
public record SysctlResource(
        ResourceId id, Meta meta, Presence state, SysctlKey key, String value, Extent extent)
        implements Resource {
    @Override
    public List<Thing> makes() {
        return state == Presence.EXISTS ? file() : List.of();
    }

    @Override
    public List<Thing> removes() {
        return state == Presence.ABSENT ? file() : List.of();
    }

    private List<Thing> file() {
        return extent.coversLater() ? List.of(new Thing.At(key.kept())) : List.of();
    }

    @Override
    public List<Need> needs() {
        return extent.coversLater() ? List.of(new Need.DirectoryAbove(key.kept())) : List.of();
    }

    /** Only for the next start: what the parameter was before is not known any more. */
    @Override
    public Optional<Resource> reversed() {
        return state == Presence.ABSENT || !extent.coversLater()
                ? Optional.empty()
                : Optional.of(new SysctlResource(id, meta, Presence.ABSENT, key, "", extent));
    }
}
