package dev.mgmt.remote.inventory;

import dev.mgmt.remote.inventory.InventoryOptions.CleartextPasswords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One case of a text file: {@code === name}, what is asked for ({@code read FILE…}, {@code limit
 * PATTERN}, {@code allow passwords}), files as {@code --- path}, and what must come of it after
 * {@code --- expected}. Every case also has an empty graph {@code g.yaml}.
 */
record InventoryCase(
        String name,
        List<String> named,
        Optional<String> limit,
        CleartextPasswords passwords,
        Map<String, String> files,
        String expected) {
    static List<InventoryCase> of(String resource) throws IOException {
        try (InputStream in = InventoryCase.class.getResourceAsStream(resource)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, resource).readAllBytes(),
                            StandardCharsets.UTF_8);
            List<InventoryCase> cases = new ArrayList<>();
            for (String one : text.split("(?m)^=== ", -1)) {
                if (!one.isBlank()) {
                    cases.add(parse(one));
                }
            }
            return cases;
        }
    }

    /** A host on one line, with all that is not as it would be anyway. */
    static String shown(HostSpec host) {
        StringBuilder line = new StringBuilder(host.name());
        if (!host.address().equals(host.name())) {
            line.append(" address=").append(host.address());
        }
        host.port().ifPresent(port -> line.append(" port=").append(port));
        host.user().ifPresent(user -> line.append(" user=").append(user));
        line.append(" graph=").append(host.graph());
        host.identities().forEach(identity -> line.append(" identity=").append(identity));
        host.password().ifPresent(password -> line.append(" password=").append(password));
        host.become().ifPresent(become -> line.append(" become=").append(become));
        host.becomeUser().ifPresent(user -> line.append(" become_user=").append(user));
        if (!host.vars().isEmpty()) {
            line.append(" vars=").append(new TreeMap<>(host.vars()));
        }
        return line.toString();
    }

    private static InventoryCase parse(String text) {
        String[] parts = text.split("(?m)^--- ", -1);
        List<String> head = parts[0].lines().toList();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("g.yaml", "graph: g\n");
        for (int part = 1; part < parts.length; part++) {
            int end = parts[part].indexOf('\n');
            files.put(parts[part].substring(0, end), parts[part].substring(end + 1));
        }
        String expected = Objects.requireNonNull(files.remove("expected"), head.getFirst());
        return new InventoryCase(
                head.getFirst(),
                argument(head, "read ")
                        .map(it -> List.of(it.split(" ")))
                        .orElse(List.of("hosts.yaml")),
                argument(head, "limit "),
                head.contains("allow passwords")
                        ? CleartextPasswords.ALLOWED
                        : CleartextPasswords.REFUSED,
                files,
                expected.strip());
    }

    private static Optional<String> argument(List<String> head, String word) {
        return head.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()))
                .findFirst();
    }
}
