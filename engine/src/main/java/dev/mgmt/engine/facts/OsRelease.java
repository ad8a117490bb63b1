package dev.mgmt.engine.facts;

import dev.mgmt.engine.exchange.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which system it is, by os-release(5). */
final class OsRelease {
    /**
     * Families that have a name of their own; the first one a system is, or is like, is its own.
     */
    private static final Map<String, String> FAMILIES =
            Map.of(
                    "debian", "debian",
                    "ubuntu", "debian",
                    "rhel", "redhat",
                    "fedora", "redhat",
                    "centos", "redhat",
                    "suse", "suse",
                    "opensuse", "suse",
                    "arch", "arch",
                    "alpine", "alpine");

    private final Map<String, String> values;

    private OsRelease(Map<String, String> values) {
        this.values = values;
    }

    static OsRelease of(SystemFiles files) {
        List<String> lines = files.lines("/etc/os-release");
        return read(lines.isEmpty() ? files.lines("/usr/lib/os-release") : lines);
    }

    private static OsRelease read(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, equals), unquoted(line.substring(equals + 1).strip()));
            }
        }
        return new OsRelease(values);
    }

    Value.Entries entries() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("id", value("ID"));
        texts.put("name", value("NAME"));
        texts.put("version", value("VERSION_ID"));
        texts.put("codename", value("VERSION_CODENAME"));
        texts.put("family", family());
        return Facts.entries(texts);
    }

    private String value(String key) {
        return values.getOrDefault(key, "");
    }

    private String family() {
        List<String> candidates = new ArrayList<>();
        candidates.add(value("ID"));
        candidates.addAll(List.of(value("ID_LIKE").split(" ", -1)));
        for (String candidate : candidates) {
            String family = FAMILIES.get(candidate);
            if (family != null) {
                return family;
            }
        }
        return value("ID");
    }

    /** Values are quoted as for a shell. */
    private static String unquoted(String text) {
        boolean quoted =
                text.length() >= 2
                        && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                        && text.charAt(text.length() - 1) == text.charAt(0);
        String bare = quoted ? text.substring(1, text.length() - 1) : text;
        return bare.replaceAll("\\\\([\"$`\\\\])", "$1");
    }
}
