package dev.mgmt.engine.facts;

import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** The small files in which a system tells of itself. One that cannot be read is empty. */
final class SystemFiles {
    private final HostRoot root;

    SystemFiles(HostRoot root) {
        this.root = root;
    }

    List<String> lines(String path) {
        try {
            // Files of the kernel tell no size beforehand, and may hold any bytes.
            byte[] content = Files.readAllBytes(root.at(path));
            return new String(content, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The first line. */
    String line(String path) {
        List<String> lines = lines(path);
        return lines.isEmpty() ? "" : lines.getFirst().strip();
    }
}
