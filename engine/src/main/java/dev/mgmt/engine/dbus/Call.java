package dev.mgmt.engine.dbus;

import java.util.List;

/**
 * A method of an object that somebody on a bus has.
 *
 * @param destination the name on the bus
 * @param signature of the arguments
 * @param arguments {@link String} for texts and paths, {@link Boolean}, {@link Number}, {@link
 *     List} for arrays and structs; no variants and dictionaries
 */
public record Call(
        String destination,
        String path,
        String face,
        String member,
        String signature,
        List<Object> arguments) {
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";

    public Call {
        arguments = List.copyOf(arguments);
    }

    /** All properties of one interface: answered by one map. */
    public static Call properties(String destination, String path, String face) {
        return new Call(destination, path, PROPERTIES, "GetAll", "s", List.of(face));
    }

    /** One property: answered by its value. */
    public static Call property(String destination, String path, String face, String name) {
        return new Call(destination, path, PROPERTIES, "Get", "ss", List.of(face, name));
    }
}
