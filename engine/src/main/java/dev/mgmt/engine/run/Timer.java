package dev.mgmt.engine.run;

/** What a timer is for. */
public sealed interface Timer {
    /**
     * @param number of the timer among its vertex': one that was overtaken is ignored
     */
    record VertexTimer(Ticket vertex, Purpose purpose, long number) implements Timer {}

    /** Talk to the store again. */
    record WorldTimer(Errand errand) implements Timer {}

    enum Purpose {
        RETRY,
        REWATCH,
        POLL,
        /** A token comes back into the vertex' bucket. */
        TOKEN,
        /** The run has taken as long as it may. */
        TIMEOUT
    }

    enum Errand {
        EXPORTS,
        COLLECTION,
        VALUES
    }
}
