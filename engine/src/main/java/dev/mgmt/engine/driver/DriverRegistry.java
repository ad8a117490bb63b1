package dev.mgmt.engine.driver;

import dev.mgmt.engine.driver.ResourceDriver.Freshness;
import dev.mgmt.engine.resource.Resource;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which driver makes which kind of resource true. Filled before the engine opens, then read. */
public final class DriverRegistry implements AutoCloseable {
    /** Keys of different kinds are never equal, whatever their drivers say. */
    private record GroupKey(Class<?> kind, Object key) {}

    private final Map<Class<?>, ResourceDriver<?>> drivers = new HashMap<>();
    private final Outputs outputs = new Outputs();
    private final Runnable closing;
    private PackageFiles packageFiles = PackageFiles.NONE;

    /**
     * @param closing ends what the drivers share
     */
    public DriverRegistry(Runnable closing) {
        this.closing = closing;
    }

    public <R extends Resource> DriverRegistry add(Class<R> kind, ResourceDriver<R> driver) {
        drivers.put(kind, driver);
        return this;
    }

    /** A kind's driver, made now. */
    public <R extends Resource> DriverRegistry add(ProvidedKind<R> kind, HostTools tools) {
        return add(kind.type(), kind.driver().apply(tools));
    }

    /** Whom to ask which package ships a file. */
    public DriverRegistry packageFiles(PackageFiles answers) {
        packageFiles = answers;
        return this;
    }

    public PackageFiles packageFiles() {
        return packageFiles;
    }

    /** What resources have given so far. */
    public Outputs outputs() {
        return outputs;
    }

    public boolean knows(Resource resource) {
        return drivers.containsKey(resource.getClass());
    }

    public Freshness freshness(Resource resource) {
        return driver(resource).freshness(resource);
    }

    /**
     * Resources of equal keys may be applied in one action by {@link #runTogether}; empty: never.
     */
    public Optional<Object> groupKey(Resource resource) {
        return driver(resource)
                .groupKey(resource)
                .map(key -> new GroupKey(resource.getClass(), key));
    }

    /**
     * @param any one of the members' resources
     */
    public List<Outcome> runTogether(Resource any, List<ResourceDriver.Joined> members)
            throws IOException, InterruptedException {
        return driver(any).runTogether(members);
    }

    public Keeper keeper(Resource resource, OutputListener output) {
        return driver(resource).keeper(resource, output);
    }

    @Override
    public void close() {
        closing.run();
    }

    /** Safe because {@link #add} only takes a driver for its own class of records. */
    @SuppressWarnings("unchecked")
    private ResourceDriver<Resource> driver(Resource resource) {
        ResourceDriver<?> driver = drivers.get(resource.getClass());
        if (driver == null) {
            throw new IllegalArgumentException("no driver for the kind of " + resource.id());
        }
        return (ResourceDriver<Resource>) driver;
    }
}
