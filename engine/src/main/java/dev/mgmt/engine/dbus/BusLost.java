package dev.mgmt.engine.dbus;

import java.io.IOException;

/** The connection is gone, and with it whatever waited for an answer. */
public final class BusLost extends IOException {
    private static final long serialVersionUID = 1;

    BusLost(String message) {
        super(message);
    }
}
