package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which things a graph looks after, be they to exist or not. */
final class Managed {
    private final Map<ResourceId, Resource> resources;

    /** By the kinds of resources that look after them. */
    private final Map<Thing, Set<String>> things = new HashMap<>();

    /** Above a thing that is to exist. */
    private final Set<Path> above = new HashSet<>();

    private Managed(Map<ResourceId, Resource> resources) {
        this.resources = resources;
    }

    static Managed of(Map<ResourceId, Resource> resources) {
        Managed managed = new Managed(resources);
        for (Resource resource : resources.values()) {
            for (Thing thing : of(resource)) {
                managed.things
                        .computeIfAbsent(thing, _ -> HashSet.newHashSet(1))
                        .add(resource.id().kind());
            }
            resource.makes().forEach(managed::standOn);
        }
        return managed;
    }

    /**
     * Whether the graph has a say in what this is about: the same resource, the same thing, or
     * something below the same path. A thing that a resource needs from another kind is not its own
     * to that kind: a mount is not the directory it is on.
     */
    boolean covers(Resource resource) {
        if (resources.containsKey(resource.id())) {
            return true;
        }
        for (Thing thing : of(resource)) {
            boolean below = thing instanceof Thing.At(Path path) && above.contains(path);
            Set<String> kinds = things.getOrDefault(thing, Set.of());
            boolean same = kinds.contains(resource.id().kind());
            if (below || same || (!kinds.isEmpty() && !needs(resource, thing))) {
                return true;
            }
        }
        return false;
    }

    /** Whether what undoes something is about a thing that the other is about too. */
    static boolean meet(Resource undo, Resource other) {
        boolean same = undo.id().kind().equals(other.id().kind());
        for (Thing thing : of(undo)) {
            if (of(other).contains(thing) && (same || !needs(undo, thing))) {
                return true;
            }
        }
        return false;
    }

    private static List<Thing> of(Resource resource) {
        List<Thing> both = new ArrayList<>(resource.makes());
        both.addAll(resource.removes());
        return both;
    }

    private static boolean needs(Resource resource, Thing thing) {
        return resource.needs().contains(new Need.Of(thing));
    }

    /** What is above a path that was seen before has been seen too. */
    private void standOn(Thing thing) {
        if (thing instanceof Thing.At(Path path)) {
            Path parent = path.getParent();
            while (parent != null && above.add(parent)) {
                parent = parent.getParent();
            }
        }
    }
}
