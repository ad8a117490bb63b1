package dev.mgmt.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an image's start-up cache: the program runs once, doing its main job, and the classes it
 * used are stored as they were in memory, with what its compilers did. The cache is used only under
 * exactly the options and class path it was made with.
 */
final class Rehearsal {
    private final ImageHome image;
    private final List<String> options;

    /**
     * @param options of the virtual machine while the program is watched, and only then
     */
    Rehearsal(ImageHome image, List<String> options) {
        this.image = image;
        this.options = options;
    }

    /** The main job, done with a process that is started by this command. It must end by itself. */
    @FunctionalInterface
    interface MainJob {
        void run(List<String> command) throws IOException, InterruptedException;
    }

    void of(MainJob job) throws IOException, InterruptedException {
        Path seen = Files.createTempFile("mgmt-classes", ".aot");
        try {
            List<String> recording = new ArrayList<>(image.command());
            recording.add(1, "-XX:AOTMode=record");
            recording.add(2, "-XX:AOTConfiguration=" + seen);
            recording.addAll(3, options);
            recording.add(image.program().mainClass());
            job.run(recording);

            List<String> creating = new ArrayList<>(image.command());
            creating.add(1, "-XX:AOTMode=create");
            creating.add(2, "-XX:AOTConfiguration=" + seen);
            creating.add(3, "-XX:AOTCache=" + image.cache());
            Commands.run(creating);
            requireCacheInUse();
        } finally {
            Files.delete(seen);
        }
    }

    /** A cache that does not fit is ignored in silence; here it must not be. */
    private void requireCacheInUse() throws IOException, InterruptedException {
        List<String> using = new ArrayList<>(image.command());
        using.add(1, "-XX:AOTMode=on");
        using.add(2, "-XX:AOTCache=" + image.cache());
        using.add("-version");
        Commands.run(using);
    }
}
