package dev.mgmt.examples.setting;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.List;

/**
 * One {@code key=value} line of a file that somebody else may have made.
 *
 * @param file absolute
 * @param key without {@code =}
 */
record SettingResource(ResourceId id, Meta meta, Path file, String key, String value)
        implements Resource {
    /** The resource that makes the file, if the graph has one, comes before. */
    @Override
    public List<Need> needs() {
        return List.of(new Need.Of(new Thing.At(file)));
    }
}
