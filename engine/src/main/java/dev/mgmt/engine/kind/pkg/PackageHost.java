package dev.mgmt.engine.kind.pkg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The host whose packages are kept: its files and its tools. */
interface PackageHost {
    /** Where a file of the host is seen from here. */
    Path at(String path);

    /** Whether it has a tool of this name. */
    boolean has(String tool);

    /** Asks a tool something. An interrupt ends it at once. */
    Answer ask(List<String> argv) throws IOException, InterruptedException;

    /**
     * Has a tool change the host. An interrupt lets it finish if it soon does, and ends it
     * otherwise; a second one ends it at once.
     *
     * @param lines hears what it writes, as it does
     */
    Answer change(List<String> argv, Consumer<String> lines)
            throws IOException, InterruptedException;
}
