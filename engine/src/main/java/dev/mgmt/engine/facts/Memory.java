package dev.mgmt.engine.facts;

import dev.mgmt.engine.exchange.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory there is, used or not. */
final class Memory {
    private static final Pattern LINE = Pattern.compile("(\\w+):\\s+([0-9]{1,15}) kB");

    private Memory() {}

    static Map<String, Value> of(SystemFiles files) {
        long memory = 0;
        long swap = 0;
        for (String line : files.lines("/proc/meminfo")) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                long kib = Long.parseLong(matcher.group(2));
                memory = matcher.group(1).equals("MemTotal") ? kib : memory;
                swap = matcher.group(1).equals("SwapTotal") ? kib : swap;
            }
        }
        Map<String, Value> found = new LinkedHashMap<>();
        found.put(
                "memory",
                Facts.entries(
                        Map.of(
                                "bytes", Long.toString(memory * 1024),
                                "mib", Long.toString(memory / 1024))));
        found.put("swap", Facts.entries(Map.of("mib", Long.toString(swap / 1024))));
        return found;
    }
}
