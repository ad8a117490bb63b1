package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scheduled command, in a file of its own that nothing else is in.
 *
 * @param time as it stands in the file
 * @param command as crontab(5) has it: an unescaped {@code %} is a line end
 */
public record CronResource(
        ResourceId id,
        Meta meta,
        Presence state,
        String time,
        String user,
        String command,
        Map<String, String> environment)
        implements Resource {
    public CronResource {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    public Path path() {
        return Path.of("/etc/cron.d/mgmt-" + id.name());
    }

    @Override
    public List<Thing> makes() {
        return state == Presence.EXISTS ? List.of(new Thing.At(path())) : List.of();
    }

    @Override
    public List<Thing> removes() {
        return state == Presence.ABSENT ? List.of(new Thing.At(path())) : List.of();
    }

    /** One that is to be gone goes before its user, too. */
    @Override
    public List<Need> needs() {
        return List.of(new Need.DirectoryAbove(path()), new Need.Of(new Thing.User(user)));
    }

    @Override
    public Optional<Resource> reversed() {
        return state == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(
                        new CronResource(id, meta, Presence.ABSENT, time, user, "", Map.of()));
    }
}
