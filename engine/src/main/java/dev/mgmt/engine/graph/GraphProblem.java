package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.ResourceId;

/** Why a graph cannot run. */
public sealed interface GraphProblem {
    /** One sentence for the user. */
    String message();

    record Cyclic(Cycle cycle) implements GraphProblem {
        @Override
        public String message() {
            return "these resources wait for each other: " + cycle;
        }
    }

    /** An end that is not declared, of a kind that the graph does not collect. */
    record UnknownEnd(Edge edge, ResourceId end) implements GraphProblem {
        @Override
        public String message() {
            return "an edge names " + end + ", which the graph does not have";
        }
    }
}
