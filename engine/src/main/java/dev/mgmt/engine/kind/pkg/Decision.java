package dev.mgmt.engine.kind.pkg;

/** What is to be done about one package. */
sealed interface Decision {
    Decision FINE = new Fine();

    /** It is as it should be. */
    record Fine() implements Decision {}

    /**
     * @param detail for people: what is done, with versions
     */
    record Act(Step step, String detail) implements Decision {}

    /**
     * The lists do not know it; newer ones may.
     *
     * @param detail for people: what would be done once they do
     */
    record Unknown(String reason, String detail) implements Decision {}

    /** It could be done and is not. */
    record Refused(String reason) implements Decision {}
}
