package dev.mgmt.tunnel.health;

/**
 * Decides once per keepalive interval whether a link lives: anything heard since the last look
 * proves it; silence is answered with a question, and so many questions without any sound mean it
 * is lost. Not safe for several threads.
 */
public final class Liveness {
    /** What to do now. */
    public enum Verdict {
        ALIVE,
        ASK,
        LOST
    }

    private final int patience;
    private long heard;
    private int unanswered;

    /**
     * @param patience questions that may stay unanswered
     */
    public Liveness(int patience) {
        this.patience = patience;
    }

    /**
     * @param heardSoFar bytes received over the link since it exists
     */
    public Verdict look(long heardSoFar) {
        if (heardSoFar != heard) {
            heard = heardSoFar;
            unanswered = 0;
            return Verdict.ALIVE;
        }
        if (unanswered == patience) {
            return Verdict.LOST;
        }
        unanswered++;
        return Verdict.ASK;
    }
}
