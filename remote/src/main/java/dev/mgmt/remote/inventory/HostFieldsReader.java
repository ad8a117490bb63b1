package dev.mgmt.remote.inventory;

import dev.mgmt.engine.template.Names;
import dev.mgmt.remote.inventory.HostSpec.Become;
import dev.mgmt.remote.inventory.YamlNodes.Entry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what one file says of its hosts, field by field. */
final class HostFieldsReader {
    private static final List<String> KNOWN =
            List.of(
                    "address",
                    "port",
                    "user",
                    "graph",
                    "identity",
                    "password",
                    "become",
                    "become_user",
                    "via",
                    "vars");

    private final Path file;
    private final InventoryOptions options;
    private final YamlNodes nodes;
    private final Problems problems;

    HostFieldsReader(Path file, InventoryOptions options, Problems problems) {
        this.file = file;
        this.options = options;
        this.nodes = new YamlNodes(file.toString(), problems);
        this.problems = problems;
    }

    /** Fields of {@code defaults} or of a host. */
    HostFields read(Node node, String what) {
        return fields(nodes.fields(node, what, KNOWN));
    }

    /** Fields as a mapping with other keys has them. */
    HostFields fields(Map<String, Entry> entries) {
        return new HostFields(
                text(entries, "address").flatMap(this::address),
                text(entries, "port").flatMap(this::port),
                text(entries, "user").flatMap(user -> word(user, "`user`")),
                text(entries, "graph").flatMap(this::path),
                value(entries, "identity").map(this::identities),
                text(entries, "password").flatMap(this::password),
                text(entries, "become").flatMap(this::become),
                text(entries, "become_user").flatMap(user -> word(user, "`become_user`")),
                text(entries, "via"),
                value(entries, "vars").map(this::vars).orElse(Map.of()));
    }

    static List<String> known() {
        return KNOWN;
    }

    /** A secret that stands in a file, where that was allowed. */
    Optional<Placed<String>> password(Placed<String> password) {
        return switch (options.cleartextPasswords()) {
            case ALLOWED -> Optional.of(password);
            case REFUSED -> {
                problems.add(
                        password.place(),
                        "a password in clear text is refused",
                        "use a key or ssh-agent, or give --allow-cleartext-passwords");
                yield Optional.empty();
            }
        };
    }

    Optional<Placed<String>> word(Placed<String> text, String what) {
        if (HostNames.isWord(text.value())) {
            return Optional.of(text);
        }
        problems.add(
                text.place(), what + " must be one word, without blanks, that begins with no -");
        return Optional.empty();
    }

    private Optional<Node> value(Map<String, Entry> entries, String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    private Optional<Placed<String>> text(Map<String, Entry> entries, String key) {
        return value(entries, key).flatMap(node -> nodes.text(node, "`" + key + "`"));
    }

    private Optional<Placed<String>> address(Placed<String> written) {
        String text = written.value();
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        return word(new Placed<>(bare, written.place()), "`address`");
    }

    private Optional<Placed<Integer>> port(Placed<String> written) {
        Optional<Integer> port = HostNames.port(written.value());
        if (port.isEmpty()) {
            problems.add(written.place(), "`port` must be a number from 1 to 65535");
        }
        return port.map(number -> new Placed<>(number, written.place()));
    }

    private Optional<Placed<Become>> become(Placed<String> written) {
        return switch (written.value()) {
            case "none" -> Optional.of(new Placed<>(Become.NONE, written.place()));
            case "sudo" -> Optional.of(new Placed<>(Become.SUDO, written.place()));
            default -> {
                problems.add(written.place(), "`become` must be `none` or `sudo`");
                yield Optional.empty();
            }
        };
    }

    private Placed<List<Placed<Path>>> identities(Node node) {
        List<Placed<Path>> identities =
                nodes.elements(node).stream()
                        .flatMap(element -> nodes.text(element, "`identity`").stream())
                        .flatMap(text -> path(text).stream())
                        .toList();
        return new Placed<>(identities, nodes.place(node));
    }

    /** Relative to the file that names it; {@code ~} is the home directory. */
    private Optional<Placed<Path>> path(Placed<String> written) {
        String text = written.value();
        if (text.isEmpty()) {
            problems.add(written.place(), "a file name is missing here");
            return Optional.empty();
        }
        try {
            Path path = text.equals("~") || text.startsWith("~/") ? inHome(text) : Path.of(text);
            return Optional.of(
                    new Placed<>(file.resolveSibling(path).normalize(), written.place()));
        } catch (InvalidPathException invalid) {
            problems.add(written.place(), "this is no file name: " + invalid.getReason());
            return Optional.empty();
        }
    }

    private Path inHome(String text) {
        return options.home().resolve(text.replaceFirst("^~/*", ""));
    }

    private Map<String, Placed<String>> vars(Node node) {
        Map<String, Placed<String>> vars = new LinkedHashMap<>();
        nodes.entries(node, "`vars`")
                .forEach(
                        (name, entry) -> {
                            if (!Names.isVariable(name)) {
                                problems.add(
                                        entry.key(),
                                        "`" + name + "` cannot be the name of a variable",
                                        Names.RULE);
                            }
                            nodes.text(entry.value(), "the variable `" + name + "`")
                                    .ifPresent(text -> vars.put(name, text));
                        });
        return vars;
    }
}
