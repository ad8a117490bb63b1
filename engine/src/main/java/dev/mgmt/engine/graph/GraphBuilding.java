package dev.mgmt.engine.graph;

import java.util.List;

/** What came of building a graph. */
public sealed interface GraphBuilding {
    /**
     * @param warnings sentences about collected resources that were left out
     */
    record Built(ResourceGraph graph, List<String> warnings) implements GraphBuilding {
        public Built {
            warnings = List.copyOf(warnings);
        }
    }

    record Refused(List<GraphProblem> problems) implements GraphBuilding {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
