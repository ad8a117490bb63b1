package dev.mgmt.engine.resource;

import java.util.List;
import java.util.Optional;

/** A kind of resource: its name and how its fields become its record. */
public interface Kind {
    /** Lower case, as it stands in graph files. */
    String name();

    /** All fields it takes, apart from {@code name} and {@code meta}, which every kind has. */
    List<String> fields();

    /** Fields that old graphs carry and that no longer mean anything; each is a warning. */
    default List<String> legacyFields() {
        return List.of();
    }

    /** The fields that may be received from another resource's output; all of them take text. */
    default List<String> receivable() {
        return List.of();
    }

    /** What its resources have for others to receive, once they are good. All of it is text. */
    default List<String> outputs() {
        return List.of();
    }

    /** Those of its outputs that must never be shown. */
    default List<String> secretOutputs() {
        return List.of();
    }

    /**
     * Those of its receivable fields that may be given a secret: where {@link Fields#isSecret} says
     * so, their value never shows in a diff, a log or a command line.
     */
    default List<String> keepsSecret() {
        return List.of();
    }

    /**
     * Makes the resource. Every problem is told to {@code fields}; if there was one the answer is
     * not used, and may be empty.
     */
    Optional<Resource> decode(Fields fields);

    /** Why this pattern does not do in a {@code collect} of this kind, if it does not. */
    default Optional<String> refusesPattern(String pattern) {
        return Optional.empty();
    }
}
