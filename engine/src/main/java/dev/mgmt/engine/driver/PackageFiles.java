package dev.mgmt.engine.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Which files packages own, as the host's package manager knows. */
public interface PackageFiles {
    /** Where there is no package manager. */
    PackageFiles NONE = _ -> Set.of();

    /**
     * The files and directories of this package, absolute and normalized; empty if it is not
     * installed. May block.
     */
    Set<Path> of(String packageName) throws IOException, InterruptedException;
}
