package dev.mgmt.engine.yaml;

import dev.mgmt.engine.graph.GraphDefinition;
import java.util.List;

/** What came of reading a graph file. */
public sealed interface GraphReading {
    record Valid(GraphDefinition graph, List<InputProblem> warnings) implements GraphReading {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** All problems of the file at once, in the order of their positions. */
    record Invalid(List<InputProblem> problems) implements GraphReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
