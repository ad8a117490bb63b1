package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.kind.file.Disclosure;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A line in a file that is otherwise somebody else's.
 *
 * @param path absolute
 * @param content the line; absent only where lines are to be removed by {@code match}
 * @param match a regular expression: lines in which it is found are the resource's
 * @param place where a new line goes
 */
public record LineResource(
        ResourceId id,
        Meta meta,
        Presence state,
        Path path,
        Optional<String> content,
        Optional<String> match,
        Place place,
        Disclosure disclosure)
        implements Resource {
    /** Where a new line goes. */
    public sealed interface Place {
        record End() implements Place {}

        /** After the last line in which this regular expression is found. */
        record After(String regexp) implements Place {}

        /** Before the first line in which this regular expression is found. */
        record Before(String regexp) implements Place {}
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need.Of(new Thing.At(path)), new Need.DirectoryAbove(path));
    }

    /** What stood there instead is not known any more. */
    @Override
    public Optional<Resource> reversed() {
        return state == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(
                        new LineResource(
                                id,
                                meta,
                                Presence.ABSENT,
                                path,
                                content,
                                Optional.empty(),
                                new Place.End(),
                                disclosure));
    }
}
