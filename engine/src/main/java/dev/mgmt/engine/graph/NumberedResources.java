package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resources by identity, in the order of their numbers: a view that nobody can change. */
final class NumberedResources extends AbstractMap<ResourceId, Resource> {
    private final List<Resource> resources;
    private final Map<ResourceId, Integer> numbers;

    /**
     * @param numbers the place of each in {@code resources}
     */
    NumberedResources(List<Resource> resources, Map<ResourceId, Integer> numbers) {
        this.resources = List.copyOf(resources);
        this.numbers = numbers;
    }

    @Override
    public int size() {
        return resources.size();
    }

    @Override
    public boolean containsKey(@Nullable Object id) {
        return numbers.containsKey(id);
    }

    @Override
    public @Nullable Resource get(@Nullable Object id) {
        Integer number = numbers.get(id);
        return number == null ? null : resources.get(number);
    }

    @Override
    public Collection<Resource> values() {
        return resources;
    }

    @Override
    public Set<Entry<ResourceId, Resource>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return resources.size();
            }

            @Override
            public Iterator<Entry<ResourceId, Resource>> iterator() {
                return resources.stream().map(NumberedResources::entry).iterator();
            }
        };
    }

    private static Entry<ResourceId, Resource> entry(Resource resource) {
        return Map.entry(resource.id(), resource);
    }
}
