package dev.mgmt.engine.kind.download;

import dev.mgmt.engine.kind.file.Access;
import dev.mgmt.engine.kind.file.FileResource;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file that is downloaded.
 *
 * @param path absolute and normalized
 * @param url of scheme http or https, with a host and without a user
 * @param digest of the file; what else the server may send is refused
 * @param headers sent with the request, never shown
 * @param silence how long the server may say nothing
 */
public record HttpGetResource(
        ResourceId id,
        Meta meta,
        Path path,
        URI url,
        Digest digest,
        Access access,
        Map<String, String> headers,
        Duration silence)
        implements Resource {
    public HttpGetResource {
        headers = Map.copyOf(headers);
    }

    @Override
    public List<Thing> makes() {
        return List.of(new Thing.At(path));
    }

    @Override
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>(3);
        needs.add(new Need.DirectoryAbove(path));
        access.owner().ifPresent(name -> needs.add(new Need.Of(new Thing.User(name))));
        access.group().ifPresent(name -> needs.add(new Need.Of(new Thing.Group(name))));
        return needs;
    }

    @Override
    public Optional<Resource> reversed() {
        return Optional.of(FileResource.vacated(id, meta, path));
    }
}
