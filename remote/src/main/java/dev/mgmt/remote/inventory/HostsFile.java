package dev.mgmt.remote.inventory;

import dev.mgmt.remote.inventory.HostDraft.Membership;
import dev.mgmt.remote.inventory.YamlNodes.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one hosts.yaml; used once. */
final class HostsFile {
    static final List<String> KEYS = List.of("defaults", "groups", "hosts");
    private static final List<String> GROUP_KEYS = groupKeys();

    private final YamlNodes nodes;
    private final HostFieldsReader fields;
    private final Problems problems;

    /** Every host named so far and where that was first, in the file's order. */
    private final Map<String, Place> named = new LinkedHashMap<>();

    private final Map<String, HostFields> own = new LinkedHashMap<>();
    private final Map<String, List<Membership>> groups = new LinkedHashMap<>();
    private HostFields defaults = HostFields.NONE;
    private int members;

    HostsFile(Path file, InventoryOptions options, Problems problems) {
        this.nodes = new YamlNodes(file.toString(), problems);
        this.fields = new HostFieldsReader(file, options, problems);
        this.problems = problems;
    }

    List<HostDraft> read(Node root) {
        int before = problems.size();
        nodes.fields(root, "hosts.yaml", KEYS).forEach((key, entry) -> section(key, entry.value()));
        if (named.isEmpty() && problems.size() == before) {
            problems.add(nodes.place(root), "there are no hosts here");
        }
        List<HostDraft> drafts = new ArrayList<>();
        named.forEach(
                (name, place) ->
                        drafts.add(
                                new HostDraft(
                                        name,
                                        place,
                                        own.getOrDefault(name, HostFields.NONE),
                                        groups.getOrDefault(name, List.of()),
                                        defaults)));
        return drafts;
    }

    private void section(String key, Node node) {
        switch (key) {
            case "defaults" -> defaults = fields.read(node, "defaults");
            case "groups" -> nodes.entries(node, "groups").forEach(this::group);
            case "hosts" -> nodes.entries(node, "hosts").forEach(this::host);
            default -> throw new IllegalStateException("no section " + key);
        }
    }

    private void host(String name, Entry entry) {
        if (!HostNames.isName(name)) {
            problems.add(
                    entry.key(),
                    "`" + name + "` is no host name",
                    name.contains("[") ? "ranges of hosts go into groups" : "");
            return;
        }
        named.putIfAbsent(name, entry.key());
        own.put(name, fields.read(entry.value(), "the host `" + name + "`"));
    }

    private void group(String name, Entry entry) {
        String what = "the group `" + name + "`";
        Map<String, Entry> entries = nodes.fields(entry.value(), what, GROUP_KEYS);
        Entry hosts = entries.get("hosts");
        if (hosts == null || YamlNodes.isNothing(hosts.value())) {
            problems.add(entry.key(), what + " has no hosts");
        }
        Membership membership = new Membership(name, fields.fields(entries));
        if (hosts != null && !YamlNodes.isNothing(hosts.value())) {
            Map<String, Place> ofGroup = new LinkedHashMap<>();
            for (Node element : nodes.elements(hosts.value())) {
                expand(element, name, ofGroup);
            }
            ofGroup.forEach((host, place) -> join(host, place, membership));
        }
    }

    private void expand(Node node, String group, Map<String, Place> ofGroup) {
        Optional<Placed<String>> text = nodes.text(node, "`hosts` of the group `" + group + "`");
        if (text.isEmpty()) {
            return;
        }
        switch (HostRange.expand(text.get().value(), HostRange.LIMIT - members)) {
            case HostRange.Expansion.Malformed(int offset, String message) ->
                    problems.add(nodes.place(node, offset), message);
            case HostRange.Expansion.Names(List<String> names, List<String> doubles) -> {
                members += names.size();
                doubles.stream().distinct().limit(1).forEach(name -> twice(name, group, node));
                names.forEach(name -> member(name, node, group, ofGroup));
            }
        }
    }

    private void member(String name, Node node, String group, Map<String, Place> ofGroup) {
        if (!HostNames.isName(name)) {
            problems.add(nodes.place(node), "`" + name + "` is no host name");
        } else if (ofGroup.putIfAbsent(name, nodes.place(node)) != null) {
            twice(name, group, node);
        }
    }

    private void twice(String name, String group, Node node) {
        problems.add(nodes.place(node), "`" + name + "` is in the group `" + group + "` twice");
    }

    private void join(String host, Place place, Membership membership) {
        named.putIfAbsent(host, place);
        groups.computeIfAbsent(host, _ -> new ArrayList<>()).add(membership);
    }

    private static List<String> groupKeys() {
        List<String> keys = new ArrayList<>(HostFieldsReader.known());
        keys.add("hosts");
        return List.copyOf(keys);
    }
}
