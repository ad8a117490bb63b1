package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a switch from one graph to another means for its vertices; every vertex of both is in
 * exactly one list. Edges are not compared. Linear in the vertices of both.
 *
 * @param added only in the new graph
 * @param changed in both, but different in a field or meta parameter
 * @param removed only in the old graph
 * @param kept equal in both
 */
public record GraphDiff(
        List<ResourceId> added,
        List<ResourceId> changed,
        List<ResourceId> removed,
        List<ResourceId> kept) {
    public GraphDiff {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
    }

    public static GraphDiff between(ResourceGraph before, ResourceGraph after) {
        List<ResourceId> added = new ArrayList<>();
        List<ResourceId> changed = new ArrayList<>();
        List<ResourceId> kept = new ArrayList<>();
        Map<ResourceId, Resource> old = before.resources();
        for (Resource resource : after.resources().values()) {
            Resource previous = old.get(resource.id());
            if (previous == null) {
                added.add(resource.id());
            } else if (previous.equals(resource)) {
                kept.add(resource.id());
            } else {
                changed.add(resource.id());
            }
        }
        List<ResourceId> removed =
                old.keySet().stream().filter(id -> !after.resources().containsKey(id)).toList();
        return new GraphDiff(added, changed, removed, kept);
    }
}
