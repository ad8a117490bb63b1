package dev.mgmt.remote.inventory;

import static java.util.stream.Collectors.toSet;

import dev.mgmt.engine.graph.Templates.Need;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.engine.yaml.NearestName;
import dev.mgmt.engine.yaml.TemplateProblem;
import dev.mgmt.remote.inventory.YamlNodes.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** The steps from files to an inventory; used once. */
final class OneReading {
    /** Top keys by which a file is known for a graph. */
    private static final Set<String> GRAPH_KEYS =
            Set.of("graph", "resources", "edges", "collect", "remote", "comment", "vars");

    /** Where problems of {@code --limit} stand. */
    private static final Place LIMIT = Place.wholeFile("--limit");

    private final Problems problems = new Problems();
    private final InventoryOptions options;
    private final GraphFiles graphs;

    /** Every file asked for, in order, and the hosts it names. */
    private final Map<Path, List<HostDraft>> hostsByFile = new LinkedHashMap<>();

    /** The one host of each graph file asked for. */
    private final Map<Path, HostDraft> remotes = new LinkedHashMap<>();

    private final Set<Path> missed = new LinkedHashSet<>();

    OneReading(GraphReader reader, InventoryOptions options) {
        this.options = options;
        this.graphs = new GraphFiles(reader, problems);
    }

    InventoryReading read(List<Path> named) {
        named.stream().map(Path::normalize).distinct().forEach(this::readFile);
        SameHost.apartByPort(remotes).forEach((file, host) -> hostsByFile.put(file, List.of(host)));
        List<HostDraft> all =
                SameHost.onlyOnce(
                        hostsByFile.values().stream().flatMap(List::stream).toList(), problems);
        List<SettledHost> settled = new Precedence(problems).settle(all);
        ViaPaths.check(settled, problems);
        Set<String> chosen = chosen(all);
        List<SettledHost> hosts =
                settled.stream().filter(host -> chosen.contains(host.name())).toList();
        NotYetSupported.refuse(hosts, problems);
        hosts.forEach(host -> graphs.read(host.graph()));
        checkIdentities(hosts);
        checkVariables(hosts);
        return reading(hosts);
    }

    private void readFile(Path file) {
        hostsByFile.put(file, List.of());
        String name = file.toString();
        InputFile.read(file, Place.wholeFile(name), problems)
                .ifPresent(
                        bytes ->
                                new YamlFile(name, problems)
                                        .compose(bytes)
                                        .ifPresent(root -> readHosts(file, root, bytes)));
    }

    private void readHosts(Path file, Node root, byte[] bytes) {
        YamlNodes nodes = new YamlNodes(file.toString(), new Problems());
        Map<String, Entry> top = nodes.entries(root, "the file");
        if (top.keySet().stream().anyMatch(HostsFile.KEYS::contains)) {
            hostsByFile.put(file, new HostsFile(file, options, problems).read(root));
        } else if (top.keySet().stream().anyMatch(GRAPH_KEYS::contains)) {
            graphs.read(file, bytes);
            new RemoteKey(file, options, problems)
                    .read(root, top)
                    .ifPresent(host -> remotes.put(file, host));
        } else {
            tellShapeless(nodes.place(root), root, top);
        }
    }

    private void tellShapeless(Place place, Node root, Map<String, Entry> top) {
        String advice =
                top.keySet().stream()
                        .flatMap(key -> NearestName.of(key, HostsFile.KEYS).stream())
                        .findFirst()
                        .map(key -> "did you mean `" + key + "`?")
                        .orElse("a hosts.yaml has `hosts` or `groups`, a graph has `graph`");
        boolean empty = YamlNodes.isNothing(root) || (root instanceof MappingNode && top.isEmpty());
        problems.add(
                place,
                empty ? "the file is empty" : "this is neither a hosts.yaml nor a graph",
                advice);
    }

    /** Names that no host has would choose nothing and look like success. */
    private Set<String> chosen(List<HostDraft> hosts) {
        Set<String> names = hosts.stream().map(HostDraft::name).collect(toSet());
        if (options.limit().isEmpty() || hosts.isEmpty()) {
            return names;
        }
        String limit = options.limit().get();
        return switch (HostPattern.parse(limit)) {
            case HostPattern.Parsing.Malformed(String message) -> {
                problems.add(LIMIT, message);
                yield Set.of();
            }
            case HostPattern.Parsing.Parsed(HostPattern pattern) -> {
                Set<String> matched =
                        hosts.stream()
                                .map(HostDraft::candidate)
                                .filter(pattern::chooses)
                                .map(HostPattern.Candidate::name)
                                .collect(toSet());
                if (matched.isEmpty()) {
                    problems.add(LIMIT, "no host matches `" + limit + "`");
                }
                yield matched;
            }
        };
    }

    private void checkIdentities(List<SettledHost> hosts) {
        Set<Place> told = new HashSet<>();
        for (SettledHost host : hosts) {
            for (Placed<Path> identity : host.identities()) {
                boolean readable =
                        Files.isRegularFile(identity.value()) && Files.isReadable(identity.value());
                if (!readable && told.add(identity.place())) {
                    missed.add(identity.value());
                    problems.add(
                            identity.place(),
                            Files.exists(identity.value())
                                    ? "the key file `" + identity.value() + "` cannot be read"
                                    : "there is no key file `" + identity.value() + "`");
                }
            }
        }
    }

    /** What a template needs and neither its graph nor anything said of the host gives. */
    private void checkVariables(List<SettledHost> hosts) {
        Set<Need> told = new HashSet<>();
        for (SettledHost host : hosts) {
            Map<String, String> vars = host.spec().vars();
            for (Need need : graphs.needs(host.graph().value())) {
                if (!vars.containsKey(need.name()) && told.add(need)) {
                    InputProblem unknown = TemplateProblem.unknown(need, vars.keySet());
                    problems.add(
                            new InputProblem(
                                    unknown.file(),
                                    unknown.line(),
                                    unknown.column(),
                                    unknown.message() + " for the host " + host.name(),
                                    unknown.advice()));
                }
            }
        }
    }

    private InventoryReading reading(List<SettledHost> hosts) {
        Set<Path> files = new LinkedHashSet<>(hostsByFile.keySet());
        files.addAll(graphs.files());
        files.addAll(missed);
        if (!problems.isEmpty()) {
            return new InventoryReading.Invalid(problems.inOrder(), List.copyOf(files));
        }
        Inventory inventory =
                new Inventory(
                        hosts.stream().map(SettledHost::spec).toList(),
                        List.copyOf(files),
                        graphs.valid());
        return new InventoryReading.Valid(inventory, graphs.warnings());
    }
}
