package dev.mgmt.engine.dbus;

/**
 * Which signals somebody wants to hear.
 *
 * @param sender the name on the bus whose owner sends them; not asked for without a bus
 * @param path the object, or empty for any
 */
public record SignalMatch(String sender, String path, String face, String member) {
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";

    /** Told with the interface, the properties that have new values, and names of others. */
    public static SignalMatch propertiesOf(String sender, String path) {
        return new SignalMatch(sender, path, PROPERTIES, "PropertiesChanged");
    }

    boolean fits(Signal signal) {
        return (path.isEmpty() || path.equals(signal.path()))
                && face.equals(signal.face())
                && member.equals(signal.member());
    }

    /** As a bus takes it (D-Bus Specification, "Match Rules"). */
    String rule() {
        String rule =
                "type='signal',sender='%s',interface='%s',member='%s'"
                        .formatted(sender, face, member);
        return path.isEmpty() ? rule : rule + ",path='" + path + "'";
    }
}
