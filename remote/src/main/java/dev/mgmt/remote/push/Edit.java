package dev.mgmt.remote.push;

import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.inventory.Inventory;
import java.util.List;

/** What a change of watched files means. */
public sealed interface Edit {
    /** The files say what they said when a graph was last taken: any refusal since is mended. */
    record Unchanged() implements Edit {}

    /**
     * The files cannot be taken up as they are now; what ran goes on.
     *
     * @param problems never empty
     */
    record Refused(List<InputProblem> problems) implements Edit {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Graphs differ.
     *
     * @param inventory in place of the one before, with the same hosts
     * @param hosts whose graph differs, in the inventory's order; never empty
     * @param difference what differs, over these hosts
     */
    record Edited(
            Inventory inventory,
            List<String> hosts,
            GraphDifference difference,
            List<InputProblem> warnings)
            implements Edit {
        public Edited {
            hosts = List.copyOf(hosts);
            warnings = List.copyOf(warnings);
        }
    }
}
