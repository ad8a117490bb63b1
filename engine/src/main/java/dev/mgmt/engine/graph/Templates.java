package dev.mgmt.engine.graph;

import dev.mgmt.engine.template.HostData;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The texts of a graph that are templates. They are rendered on the host that runs the graph: until
 * then its definition has stand-ins in their place, and has been checked as far as can be without
 * them. Equal if they say the same.
 */
public interface Templates {
    /** Keys in the store whose values they read. */
    Set<String> keys();

    /** Where a variable is used that the graph does not give itself: the inventory has to. */
    List<Need> needs();

    /** The same, with what the inventory says of the host; the graph's own variables prevail. */
    Templates given(Map<String, String> variables);

    /** The whole definition as this host has to take it. */
    Rendering render(HostData host);

    /**
     * @param name of the variable
     * @param known variables of the graph itself
     * @param line of the template in its file, from 1
     * @param column of the template in its file, from 1
     */
    record Need(String name, List<String> known, String file, int line, int column) {
        public Need {
            known = List.copyOf(known);
        }
    }

    /** What came of it. */
    sealed interface Rendering {
        record Rendered(GraphDefinition graph) implements Rendering {}

        /**
         * @param problems each as {@code file:line:column: message}
         */
        record Refused(List<String> problems) implements Rendering {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }
}
