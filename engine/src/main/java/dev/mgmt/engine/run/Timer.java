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
        POLL
    }

    enum Errand {
        EXPORTS,
        COLLECTION
    }
}
