package dev.mgmt.engine.dbus;

import java.io.IOException;

/** The other side sent what the specification does not allow; the connection is of no more use. */
public final class ProtocolFault extends IOException {
    private static final long serialVersionUID = 1;

    ProtocolFault(String message) {
        super("not as D-Bus has it: " + message);
    }
}
