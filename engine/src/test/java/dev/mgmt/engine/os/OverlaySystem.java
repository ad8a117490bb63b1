package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * This machine's system with a layer of memory over it: its programs run for real, and what they
 * change is gone when it is closed. Needs root, overlayfs, and mount(8) of the package mount.
 */
public final class OverlaySystem implements AutoCloseable {
    private final Path directory;
    private final Deque<Path> mounts = new ArrayDeque<>();

    private OverlaySystem(Path directory) {
        this.directory = directory;
    }

    /**
     * @param directory an empty one
     */
    public static OverlaySystem in(Path directory) throws IOException, InterruptedException {
        OverlaySystem system = new OverlaySystem(directory);
        Path layer = Files.createDirectory(directory.resolve("layer"));
        Path merged = Files.createDirectory(directory.resolve("root"));
        system.mount(layer, "-t", "tmpfs", "tmpfs");
        Path upper = Files.createDirectory(layer.resolve("upper"));
        Path work = Files.createDirectory(layer.resolve("work"));
        String layers = "lowerdir=/,upperdir=" + upper + ",workdir=" + work;
        system.mount(merged, "-t", "overlay", "-o", layers, "overlay");
        system.mount(merged.resolve("proc"), "-t", "proc", "proc");
        system.mount(merged.resolve("tmp"), "-t", "tmpfs", "tmpfs");
        system.mount(merged.resolve("dev"), "--bind", "/dev");
        return system;
    }

    public HostRoot root() {
        return new HostRoot(directory.resolve("root"));
    }

    public Path at(String path) {
        return root().at(path);
    }

    /** Runs a program in it; fails the test if the program fails. */
    public String run(String... argv) throws IOException, InterruptedException {
        return root().run(List.of(argv)).expect("run " + List.of(argv)).out();
    }

    @Override
    public void close() throws IOException {
        try {
            while (!mounts.isEmpty()) {
                Path point = mounts.pop();
                HostRoot.REAL
                        .run(List.of("umount", "-R", point.toString()))
                        .expect("unmount " + point);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + mounts + " are still mounted", e);
        }
    }

    private void mount(Path point, String... what) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("mount"));
        line.addAll(List.of(what));
        line.add(point.toString());
        HostRoot.REAL.run(line).expect("mount " + point + " (tests run as root)");
        mounts.push(point);
    }
}
