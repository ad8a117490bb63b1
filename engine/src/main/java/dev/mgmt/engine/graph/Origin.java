package dev.mgmt.engine.graph;

/** Where an edge of a graph comes from. Edges are equal whatever their origin. */
public sealed interface Origin {
    Origin DECLARED = new Declared();

    /** The graph's file has it, by itself or by what a resource receives. */
    record Declared() implements Origin {}

    /** What the resources are is reason enough. */
    record Generated(Cause cause) implements Origin {
        /** The reason, as a sentence about the edge's ends. */
        public String sentence(Edge edge) {
            return cause.sentence(edge);
        }
    }

    /** Reasons for generated edges; where two contradict each other, the earlier one holds. */
    enum Cause {
        NEEDED("%2$s needs what %1$s makes"),
        INSIDE("%2$s is in %1$s"),
        EMPTIED("%1$s is in %2$s, which is to be gone"),
        LEFT("%1$s uses what %2$s removes"),
        SHIPPED("%1$s ships what %2$s uses"),
        OWNED("%1$s ships the path of %2$s"),
        NAMESAKE("%1$s is not installed yet and bears the name of what %2$s uses");

        private final String sentence;

        Cause(String sentence) {
            this.sentence = sentence;
        }

        /** About the ends of an edge: the first one that has to be good, and the one after it. */
        String sentence(Edge edge) {
            return sentence.formatted(edge.from(), edge.to());
        }
    }
}
