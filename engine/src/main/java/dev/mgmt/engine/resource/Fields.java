package dev.mgmt.engine.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of one resource as a graph file gives them, by name. A field that is missing or null
 * is absent. A value of the wrong type is reported by the call that asks for it, and then absent:
 * whoever decodes goes on and finds the other problems too.
 */
public interface Fields {
    ResourceId id();

    Meta meta();

    /**
     * The directory that a collected resource lands in, as {@code collect} gives it. Absent for a
     * resource of the file itself.
     */
    Optional<String> collectedInto();

    /** The scalar's source text: {@code 0741} is {@code 0741}, {@code false} is {@code false}. */
    Optional<String> text(String field);

    /**
     * Old graphs spell every field out and leave empty what they do not use: that is absent too.
     */
    default Optional<String> filled(String field) {
        return text(field).filter(text -> !text.isEmpty());
    }

    /** Absent means false. */
    boolean flag(String field);

    OptionalLong integer(String field);

    /** Absent means empty. */
    List<String> texts(String field);

    /** Absent means empty. Keeps the order of the file. */
    Map<String, String> textByName(String field);

    /** A list of mappings with text in them. Absent means empty. */
    List<Map<String, String>> records(String field);

    /**
     * Whether the field's value is a secret that was received from another resource. What is made
     * of it must keep it: it never shows in a diff, a log or a command line.
     */
    default boolean isSecret(String field) {
        return false;
    }

    /**
     * Reports an error at the field's position, or at the resource's if the field is not there.
     *
     * @param advice what to do about it; may be empty
     */
    void problem(String field, String message, String advice);

    /** Like {@link #problem}, for what is accepted all the same. */
    void warning(String field, String message, String advice);
}
