package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which things a graph looks after, be they to exist or not. */
final class Managed {
    private final Map<ResourceId, Resource> resources;
    private final Set<Thing> things = new HashSet<>();

    /** Above a thing that is to exist. */
    private final Set<Path> above = new HashSet<>();

    private Managed(Map<ResourceId, Resource> resources) {
        this.resources = resources;
    }

    static Managed of(Map<ResourceId, Resource> resources) {
        Managed managed = new Managed(resources);
        for (Resource resource : resources.values()) {
            managed.things.addAll(resource.makes());
            managed.things.addAll(resource.removes());
            resource.makes().forEach(managed::standOn);
        }
        return managed;
    }

    /**
     * Whether the graph has a say in what this is about: the same resource, the same thing, or
     * something below the same path.
     */
    boolean covers(Resource resource) {
        return resources.containsKey(resource.id())
                || covers(resource.makes())
                || covers(resource.removes());
    }

    /** Whether both are about one thing. */
    static boolean meet(Resource one, Resource other) {
        Set<Thing> both = new HashSet<>(one.makes());
        both.addAll(one.removes());
        return both.stream()
                .anyMatch(
                        thing -> other.makes().contains(thing) || other.removes().contains(thing));
    }

    private boolean covers(Collection<Thing> wanted) {
        for (Thing thing : wanted) {
            boolean below = thing instanceof Thing.At(Path path) && above.contains(path);
            if (below || things.contains(thing)) {
                return true;
            }
        }
        return false;
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
