package dev.mgmt.engine.dbus;

import java.io.IOException;

/** A call was answered with an error. The connection is as good as before. */
public final class BusError extends IOException {
    private static final long serialVersionUID = 1;

    private final String name;

    BusError(String name, String message) {
        super(message.isEmpty() ? name : message);
        this.name = name;
    }

    /** Such as {@code org.freedesktop.DBus.Error.ServiceUnknown}. */
    public String name() {
        return name;
    }

    /** Nobody on this bus has the name that was called, or can be started for it. */
    public boolean nobodyThere() {
        return name.equals("org.freedesktop.DBus.Error.ServiceUnknown")
                || name.equals("org.freedesktop.DBus.Error.NameHasNoOwner")
                || name.startsWith("org.freedesktop.DBus.Error.Spawn.");
    }

    public boolean denied() {
        return name.equals("org.freedesktop.DBus.Error.AccessDenied")
                || name.equals("org.freedesktop.DBus.Error.InteractiveAuthorizationRequired");
    }
}
