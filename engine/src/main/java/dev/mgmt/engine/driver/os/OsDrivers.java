package dev.mgmt.engine.driver.os;

import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.resource.ExecResource;
import dev.mgmt.engine.resource.FileResource;
import dev.mgmt.engine.resource.NoopResource;
import dev.mgmt.engine.resource.PrintResource;

/** The drivers that come with the program, sharing one watch of the file system. */
public final class OsDrivers {
    private OsDrivers() {}

    /** One line per kind. */
    public static DriverRegistry open() {
        DirectoryWatches watches = new DirectoryWatches();
        return new DriverRegistry(watches::close)
                .add(ExecResource.class, new ExecDriver())
                .add(FileResource.class, new FileDriver(watches))
                .add(NoopResource.class, new NoopDriver())
                .add(PrintResource.class, new PrintDriver());
    }
}
