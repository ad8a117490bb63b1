package dev.mgmt.cli.image;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the two programs an image is built for.
 *
 * @param modules of Java that it needs
 * @param options of the virtual machine beyond those of every program
 * @param extension what the launcher appends to the class path, in the shell's language
 */
record Program(String mainClass, List<String> modules, List<String> options, String extension) {
    /**
     * No files in /tmp, nothing of the virtual machine's own on stdout: an agent's stdout is a
     * protocol and its stderr is events.
     */
    private static final List<String> COMMON =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData",
                    "-Xlog:disable",
                    "-Xlog:all=error,aot*=off,cds*=off:stderr");

    List<String> allOptions() {
        List<String> all = new ArrayList<>(COMMON);
        all.addAll(options);
        return all;
    }
}
