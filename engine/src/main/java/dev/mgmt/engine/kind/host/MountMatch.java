package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether what is mounted is what is wanted. The kernel spells devices, types and options in its
 * own way, so where it cannot be told that they differ, they do not: to unmount what is right would
 * be worse.
 */
final class MountMatch {
    /** What an option turns off is spelled without {@code no}. */
    private static final Map<String, String> FLAGS =
            Map.of(
                    "ro", "rw",
                    "nosuid", "suid",
                    "nodev", "dev",
                    "noexec", "exec",
                    "noatime", "atime",
                    "nodiratime", "diratime");

    private static final Map<String, String> TAGS =
            Map.of(
                    "UUID=", "by-uuid",
                    "LABEL=", "by-label",
                    "PARTUUID=", "by-partuuid",
                    "PARTLABEL=", "by-partlabel",
                    "ID=", "by-id");

    private final MountResource resource;
    private final HostRoot root;
    private final Path point;

    MountMatch(MountResource resource, HostRoot root, Path point) {
        this.resource = resource;
        this.root = root;
        this.point = point;
    }

    boolean isFrom(Mounted present) throws IOException {
        if (resource.binds()) {
            return inode(root.at(Path.of(resource.device()))).equals(inode(point));
        }
        return sameType(present.type()) && sameSource(present.source());
    }

    /** The wanted flags that are not in force. */
    List<String> lacking(Mounted present) {
        Map<String, Boolean> wanted = new LinkedHashMap<>();
        for (String option : resource.options()) {
            FLAGS.forEach(
                    (on, off) -> {
                        if (option.equals(on) || option.equals(off)) {
                            wanted.put(on, option.equals(on));
                        }
                    });
        }
        return wanted.entrySet().stream()
                .filter(flag -> present.flags().contains(flag.getKey()) != flag.getValue())
                .map(flag -> flag.getValue() ? flag.getKey() : FLAGS.get(flag.getKey()))
                .toList();
    }

    private boolean sameType(String present) {
        String wanted = resource.type();
        return Set.of("auto", "none", present).contains(wanted)
                || present.startsWith("fuse")
                || (wanted.equals("nfs") && present.equals("nfs4"));
    }

    private boolean sameSource(String present) throws IOException {
        String wanted = resource.device();
        for (Map.Entry<String, String> tag : TAGS.entrySet()) {
            if (wanted.startsWith(tag.getKey())) {
                String value = wanted.substring(tag.getKey().length()).replace("\"", "");
                Path link = Path.of("/dev/disk", tag.getValue(), value);
                return !Files.exists(link)
                        || HostFiles.behind(link).equals(HostFiles.behind(Path.of(present)));
            }
        }
        if (!wanted.startsWith("/") || wanted.startsWith("//")) {
            return stripped(wanted).equals(stripped(present));
        }
        Path device = HostFiles.behind(root.at(Path.of(wanted)));
        return device.equals(HostFiles.behind(Path.of(present))) || backs(device, present);
    }

    /** Whether this file is what a loop device shows. */
    private static boolean backs(Path file, String source) throws IOException {
        if (!source.startsWith("/dev/loop")) {
            return false;
        }
        Path name = Path.of(source).getFileName();
        Path backing = Path.of("/sys/block").resolve(name).resolve("loop/backing_file");
        return Files.exists(backing) && Files.readString(backing).strip().equals(file.toString());
    }

    private static Map<String, Object> inode(Path path) throws IOException {
        return Files.exists(path) ? Files.readAttributes(path, "unix:dev,ino") : Map.of();
    }

    private static String stripped(String source) {
        return source.endsWith("/") ? source.substring(0, source.length() - 1) : source;
    }
}
