package dev.mgmt.engine.facts;

import dev.mgmt.engine.exchange.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** File systems that hold files of their own; what the kernel makes up is left out. */
final class Mounts {
    private Mounts() {}

    static Value of(SystemFiles files) {
        Set<String> withoutDevice = new HashSet<>();
        for (String line : files.lines("/proc/filesystems")) {
            if (line.startsWith("nodev")) {
                withoutDevice.add(line.substring("nodev".length()).strip());
            }
        }
        // These have no device, and hold what somebody put there.
        withoutDevice.removeAll(List.of("overlay", "tmpfs", "zfs", "nfs", "nfs4", "cifs", "9p"));
        List<Value> mounts = new ArrayList<>();
        for (String line : files.lines("/proc/self/mounts")) {
            String[] parts = line.split(" ", -1);
            if (parts.length >= 3 && !withoutDevice.contains(parts[2])) {
                Map<String, String> texts = new LinkedHashMap<>();
                texts.put("path", unescaped(parts[1]));
                texts.put("device", unescaped(parts[0]));
                texts.put("type", parts[2]);
                mounts.add(Facts.entries(texts));
            }
        }
        return new Value.Items(mounts);
    }

    /** As getmntent(3) has it: what would part a line stands as a backslash and octal digits. */
    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
