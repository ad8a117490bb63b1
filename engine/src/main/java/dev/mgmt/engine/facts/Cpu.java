package dev.mgmt.engine.facts;

import dev.mgmt.engine.exchange.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processors, as the kernel counts them. */
final class Cpu {
    private Cpu() {}

    static Value.Entries of(SystemFiles files) {
        List<String> lines = files.lines("/proc/cpuinfo");
        long count = lines.stream().filter(line -> line.matches("processor\\s*:.*")).count();
        String model =
                lines.stream()
                        .filter(line -> line.matches("model name\\s*:.*"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("count", Long.toString(count));
        texts.put("model", model);
        return Facts.entries(texts);
    }
}
