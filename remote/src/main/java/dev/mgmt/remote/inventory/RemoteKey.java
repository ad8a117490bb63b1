package dev.mgmt.remote.inventory;

import dev.mgmt.remote.inventory.YamlNodes.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the {@code remote:} key of a graph file as a host that runs this very file. */
final class RemoteKey {
    private final Path file;
    private final YamlNodes nodes;
    private final HostFieldsReader fields;
    private final Problems problems;

    RemoteKey(Path file, InventoryOptions options, Problems problems) {
        this.file = file;
        this.nodes = new YamlNodes(file.toString(), problems);
        this.fields = new HostFieldsReader(file, options, problems);
        this.problems = problems;
    }

    Optional<HostDraft> read(Node root, Map<String, Entry> top) {
        Entry remote = top.get("remote");
        if (remote == null) {
            problems.add(
                    nodes.place(root),
                    "this graph has no `remote:` key",
                    "add `remote: ssh://host`, or name the graph in a hosts.yaml");
            return Optional.empty();
        }
        return nodes.text(remote.value(), "`remote`").flatMap(this::host);
    }

    private Optional<HostDraft> host(Placed<String> written) {
        Place place = written.place();
        return switch (RemoteUrl.parse(written.value())) {
            case RemoteUrl.Parsing.Malformed(String message) -> {
                problems.add(place, message);
                yield Optional.empty();
            }
            case RemoteUrl.Parsing.Parsed(RemoteUrl url) when !HostNames.isName(url.host()) -> {
                problems.add(place, "`" + url.host() + "` is no host name");
                yield Optional.empty();
            }
            case RemoteUrl.Parsing.Parsed(RemoteUrl url) ->
                    Optional.of(
                            new HostDraft(
                                    url.host(),
                                    place,
                                    fields(url, place),
                                    List.of(),
                                    HostFields.NONE));
        };
    }

    private HostFields fields(RemoteUrl url, Place place) {
        return new HostFields(
                Optional.of(new Placed<>(url.host(), place)),
                url.port().map(port -> new Placed<>(port, place)),
                url.user().flatMap(user -> fields.word(new Placed<>(user, place), "`user`")),
                Optional.of(new Placed<>(file, place)),
                Optional.empty(),
                url.password().flatMap(secret -> fields.password(new Placed<>(secret, place))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}
