package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.Resource;
import java.util.List;

/** What came of reading a resource that some host exported. */
public sealed interface ExportReading {
    record Valid(Resource resource) implements ExportReading {}

    record Invalid(List<InputProblem> problems) implements ExportReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
