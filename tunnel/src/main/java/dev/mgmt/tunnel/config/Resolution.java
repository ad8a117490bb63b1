package dev.mgmt.tunnel.config;

import java.util.List;

/** What came of a host's question. */
public sealed interface Resolution {
    record Resolved(HostConfig config) implements Resolution {}

    /**
     * @param problems never empty
     */
    record Unusable(List<ConfigProblem> problems) implements Resolution {
        public Unusable {
            problems = List.copyOf(problems);
        }
    }
}
