package dev.mgmt.remote.inventory;

import dev.mgmt.remote.inventory.HostDraft.Membership;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Settles what holds for each host: what the host itself says goes before its groups, groups before
 * the defaults; {@code vars} are joined name by name in the same order. Groups of one host must not
 * contradict each other unless the host itself decides. What is wrong at one place is told once,
 * however many hosts it concerns.
 */
final class Precedence {
    private final Problems problems;
    private final Set<Place> contradictions = new HashSet<>();
    private final Map<Place, List<String>> withoutGraph = new LinkedHashMap<>();

    Precedence(Problems problems) {
        this.problems = problems;
    }

    /** Hosts that have a graph; the others are told. */
    List<SettledHost> settle(List<HostDraft> drafts) {
        List<SettledHost> settled = new ArrayList<>();
        for (HostDraft draft : drafts) {
            HostFields fields = fields(draft);
            if (fields.graph().isPresent()) {
                settled.add(new SettledHost(draft.name(), draft.place(), fields));
            } else {
                withoutGraph
                        .computeIfAbsent(draft.place(), _ -> new ArrayList<>())
                        .add(draft.name());
            }
        }
        withoutGraph.forEach(this::tellWithoutGraph);
        return settled;
    }

    private HostFields fields(HostDraft host) {
        return new HostFields(
                pick(host, "`address`", HostFields::address),
                pick(host, "`port`", HostFields::port),
                pick(host, "`user`", HostFields::user),
                pick(host, "`graph`", HostFields::graph),
                pick(host, "`identity`", HostFields::identities),
                pick(host, "`password`", HostFields::password),
                pick(host, "`become`", HostFields::become),
                pick(host, "`become_user`", HostFields::becomeUser),
                pick(host, "`via`", HostFields::via),
                vars(host));
    }

    private Map<String, Placed<String>> vars(HostDraft host) {
        Set<String> names = new LinkedHashSet<>(host.own().vars().keySet());
        host.groups().forEach(group -> names.addAll(group.fields().vars().keySet()));
        names.addAll(host.defaults().vars().keySet());
        Map<String, Placed<String>> vars = new LinkedHashMap<>();
        for (String name : names) {
            pick(
                            host,
                            "variable `" + name + "`",
                            fields -> Optional.ofNullable(fields.vars().get(name)))
                    .ifPresent(text -> vars.put(name, text));
        }
        return vars;
    }

    private <T> Optional<Placed<T>> pick(
            HostDraft host, String what, Function<HostFields, Optional<Placed<T>>> field) {
        Optional<Placed<T>> own = field.apply(host.own());
        if (own.isPresent()) {
            return own;
        }
        List<Membership> deciding =
                host.groups().stream()
                        .filter(group -> field.apply(group.fields()).isPresent())
                        .toList();
        if (deciding.isEmpty()) {
            return field.apply(host.defaults());
        }
        Membership first = deciding.getFirst();
        Optional<Placed<T>> decided = field.apply(first.fields());
        for (Membership other : deciding) {
            Placed<T> said = field.apply(other.fields()).orElseThrow();
            if (!decided.equals(Optional.of(said)) && contradictions.add(said.place())) {
                problems.add(
                        said.place(),
                        "the groups `%s` and `%s` disagree on the %s of `%s`"
                                .formatted(first.group(), other.group(), what, host.name()),
                        "say it for the host itself");
            }
        }
        return decided;
    }

    private void tellWithoutGraph(Place place, List<String> hosts) {
        int others = hosts.size() - 1;
        String subject =
                others == 0
                        ? "`%s` has".formatted(hosts.getFirst())
                        : "`%s` and %d more have".formatted(hosts.getFirst(), others);
        problems.add(
                place,
                subject + " no graph",
                "name one with `graph:` for the host, its group or in defaults");
    }
}
