package dev.mgmt.remote.inventory;

import dev.mgmt.engine.yaml.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that each {@code via} names a host, and that every way leads back to the laptop. */
final class ViaPaths {
    private final Map<String, Placed<String>> via = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Problems problems;
    private final Set<Place> toldUnknown = new HashSet<>();
    private final Set<String> done = new HashSet<>();

    private ViaPaths(List<SettledHost> hosts, Problems problems) {
        this.problems = problems;
        for (SettledHost host : hosts) {
            names.add(host.name());
            Optional<Placed<String>> next = host.fields().via();
            next.ifPresent(relay -> via.put(host.name(), relay));
        }
    }

    static void check(List<SettledHost> hosts, Problems problems) {
        ViaPaths paths = new ViaPaths(hosts, problems);
        hosts.forEach(host -> paths.follow(host.name()));
    }

    /** Every host is followed once: linear in all hosts together. */
    private void follow(String host) {
        List<String> way = new ArrayList<>();
        String at = host;
        while (done.add(at)) {
            way.add(at);
            Placed<String> relay = via.get(at);
            if (relay == null) {
                return;
            }
            if (!names.contains(relay.value())) {
                tellUnknown(relay);
                return;
            }
            at = relay.value();
        }
        int start = way.indexOf(at);
        if (start >= 0) {
            tellCircle(way.subList(start, way.size()));
        }
    }

    private void tellUnknown(Placed<String> relay) {
        if (toldUnknown.add(relay.place())) {
            problems.add(
                    relay.place(),
                    "`via` names `" + relay.value() + "`, which is no host of this inventory",
                    NearestName.of(relay.value(), List.copyOf(names))
                            .map(name -> "did you mean `" + name + "`?")
                            .orElse(""));
        }
    }

    private void tellCircle(List<String> circle) {
        List<String> closed = new ArrayList<>(circle);
        closed.add(circle.getFirst());
        Placed<String> relay = via.get(circle.getFirst());
        if (relay != null) {
            problems.add(
                    relay.place(), "`via` leads in a circle: " + String.join(" via ", closed), "");
        }
    }
}
