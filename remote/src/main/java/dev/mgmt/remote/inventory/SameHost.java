package dev.mgmt.remote.inventory;

import static java.util.stream.Collectors.groupingBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sees to it that every host of a run has a name of its own. */
final class SameHost {
    private static final int SSH_PORT = 22;

    private SameHost() {}

    /** Hosts of graph files that differ in nothing but the port are told apart by it. */
    static Map<Path, HostDraft> apartByPort(Map<Path, HostDraft> ofGraphFiles) {
        Map<String, List<HostDraft>> byName =
                ofGraphFiles.values().stream().collect(groupingBy(HostDraft::name));
        Map<Path, HostDraft> apart = new LinkedHashMap<>();
        ofGraphFiles.forEach(
                (file, host) -> {
                    List<HostDraft> namesakes = byName.getOrDefault(host.name(), List.of());
                    apart.put(file, differ(namesakes) ? withPort(host) : host);
                });
        return apart;
    }

    /** The first of each name; the others are told. */
    static List<HostDraft> onlyOnce(List<HostDraft> hosts, Problems problems) {
        Map<String, HostDraft> first = new LinkedHashMap<>();
        for (HostDraft host : hosts) {
            HostDraft present = first.putIfAbsent(host.name(), host);
            if (present != null) {
                problems.add(
                        host.place(),
                        "there is a host `" + host.name() + "` already, in " + present.place(),
                        "");
            }
        }
        return List.copyOf(first.values());
    }

    private static boolean differ(List<HostDraft> hosts) {
        return hosts.size() > 1
                && hosts.stream().map(SameHost::port).distinct().count() == hosts.size();
    }

    private static HostDraft withPort(HostDraft host) {
        return host.called(host.name() + ":" + port(host));
    }

    private static int port(HostDraft host) {
        return host.own().port().map(Placed::value).orElse(SSH_PORT);
    }
}
