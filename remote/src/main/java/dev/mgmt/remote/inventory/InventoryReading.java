package dev.mgmt.remote.inventory;

import dev.mgmt.engine.yaml.InputProblem;
import java.nio.file.Path;
import java.util.List;

/** What came of reading hosts files. */
public sealed interface InventoryReading {
    record Valid(Inventory inventory, List<InputProblem> warnings) implements InventoryReading {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param problems of all files at once, never empty
     * @param files every file that was read or missed: a change of one may mend it
     */
    record Invalid(List<InputProblem> problems, List<Path> files) implements InventoryReading {
        public Invalid {
            problems = List.copyOf(problems);
            files = List.copyOf(files);
        }
    }
}
