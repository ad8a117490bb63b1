package dev.mgmt.remote.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A host with what holds for it; the places are kept for checks that follow.
 *
 * @param fields with a graph
 */
record SettledHost(String name, Place place, HostFields fields) {
    Placed<Path> graph() {
        return fields.graph().orElseThrow();
    }

    List<Placed<Path>> identities() {
        return fields.identities().map(Placed::value).orElse(List.of());
    }

    HostSpec spec() {
        Map<String, String> vars =
                fields.vars().entrySet().stream()
                        .collect(
                                Collectors.toMap(Map.Entry::getKey, var -> var.getValue().value()));
        return new HostSpec(
                name,
                fields.address().map(Placed::value).orElse(name),
                fields.port().map(Placed::value),
                fields.user().map(Placed::value),
                graph().value(),
                identities().stream().map(Placed::value).toList(),
                fields.password().map(Placed::value),
                fields.become().map(Placed::value),
                fields.becomeUser().map(Placed::value),
                fields.via().map(Placed::value),
                vars);
    }
}
