package dev.mgmt.remote.inventory;

import dev.mgmt.engine.yaml.InputProblem;
import java.util.List;

/** What came of reading hosts files. */
public sealed interface InventoryReading {
    record Valid(Inventory inventory, List<InputProblem> warnings) implements InventoryReading {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** All problems of all files at once. */
    record Invalid(List<InputProblem> problems) implements InventoryReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
