package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds vertices that may be applied in one action: of one key, and with no path between them.
 *
 * <p>Of the vertices of one key each has a rank, the largest number of them on any path that ends
 * there. Along a path ranks never fall, and between two of the key they rise; so there is no path
 * between two of one rank, and one action for each rank leaves the graph without a cycle. The next
 * key is then ranked in the graph in which those actions are vertices. What all this costs is the
 * number of keys times the size of the graph; so only the keys with most vertices go this way. The
 * others share one pass in which the rank is the length of the longest path of any vertices: it
 * finds smaller groups, but for all keys at once.
 */
final class AutoGroup {
    private static final int RANKED_KEYS = 16;

    private final Arrows arrows;
    private final int vertices;

    /** Each vertex' action, by the number of one of its members; at first each has its own. */
    private final int[] action;

    private final List<List<Integer>> actions = new ArrayList<>();

    private AutoGroup(int vertices, Arrows arrows) {
        this.vertices = vertices;
        this.arrows = arrows;
        action = new int[vertices];
        Arrays.setAll(action, vertex -> vertex);
    }

    /** What members have in common beside what their driver says. */
    private record Key(Object driver, boolean noop, Duration poll, Duration timeout) {}

    /**
     * @param resources by number
     */
    static List<List<ResourceId>> of(List<Resource> resources, Arrows arrows, HostKnowledge host) {
        List<List<Integer>> keyed = keyed(resources, host);
        if (keyed.isEmpty()) {
            return List.of();
        }
        AutoGroup search = new AutoGroup(resources.size(), arrows);
        int ranked = Math.min(RANKED_KEYS, keyed.size());
        for (List<Integer> members : keyed.subList(0, ranked)) {
            boolean[] counts = new boolean[resources.size()];
            members.forEach(member -> counts[member] = true);
            search.join(List.of(members), search.ranks(counts));
        }
        if (keyed.size() > ranked) {
            boolean[] counts = new boolean[resources.size()];
            Arrays.fill(counts, true);
            search.join(keyed.subList(ranked, keyed.size()), search.ranks(counts));
        }
        return search.groups(resources);
    }

    /** Vertices by key, where there are two or more; the keys with most of them first. */
    private static List<List<Integer>> keyed(List<Resource> resources, HostKnowledge host) {
        Map<Key, List<Integer>> byKey = new LinkedHashMap<>();
        for (int vertex = 0; vertex < resources.size(); vertex++) {
            Resource resource = resources.get(vertex);
            if (!resource.meta().has(Trait.AUTOGROUP)) {
                continue;
            }
            Optional<Object> key = host.groupKey(resource);
            if (key.isPresent()) {
                byKey.computeIfAbsent(key(key.get(), resource), _ -> new ArrayList<>()).add(vertex);
            }
        }
        List<List<Integer>> keyed = new ArrayList<>(byKey.values());
        keyed.removeIf(members -> members.size() < 2);
        if (keyed.size() > 1) {
            keyed.sort(
                    Comparator.<List<Integer>>comparingInt(members -> -members.size())
                            .thenComparing(members -> least(members, resources)));
        }
        return keyed;
    }

    private static Key key(Object driver, Resource resource) {
        Meta meta = resource.meta();
        return new Key(driver, meta.noop(), meta.poll(), meta.timeout());
    }

    /** So that the answer does not depend on the order of declaration. */
    private static ResourceId least(List<Integer> members, List<Resource> resources) {
        return Collections.min(members.stream().map(member -> resources.get(member).id()).toList());
    }

    /** For each action the largest number of those that count on any path that ends there. */
    private int[] ranks(boolean[] counts) {
        Arrows joined = new Arrows(arrows.size());
        for (int arrow = 0; arrow < arrows.size(); arrow++) {
            joined.add(action[arrows.from(arrow)], action[arrows.to(arrow)]);
        }
        int[] order = TopologicalOrder.of(vertices, joined).orElseThrow();
        Arrows.Fans leaving = joined.leaving(vertices);
        int[] ranks = new int[vertices];
        for (int vertex : order) {
            ranks[vertex] += counts[vertex] ? 1 : 0;
            for (int place = leaving.first(vertex); place < leaving.end(vertex); place++) {
                int after = joined.to(leaving.arrow(place));
                ranks[after] = Math.max(ranks[after], ranks[vertex]);
            }
        }
        return ranks;
    }

    /** One action for the vertices of each key that are of one rank. */
    private void join(List<List<Integer>> keys, int[] ranks) {
        for (List<Integer> key : keys) {
            Map<Integer, List<Integer>> byRank = new TreeMap<>();
            for (int member : key) {
                byRank.computeIfAbsent(ranks[member], _ -> new ArrayList<>()).add(member);
            }
            for (List<Integer> members : byRank.values()) {
                if (members.size() > 1) {
                    actions.add(members);
                    members.forEach(member -> action[member] = members.getFirst());
                }
            }
        }
    }

    private List<List<ResourceId>> groups(List<Resource> resources) {
        List<List<ResourceId>> groups = new ArrayList<>();
        for (List<Integer> members : actions) {
            groups.add(members.stream().map(member -> resources.get(member).id()).toList());
        }
        return List.copyOf(groups);
    }
}
