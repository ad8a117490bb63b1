package dev.mgmt.remote.wire;

/** Something that came over the wire is not what it should be. The message says how. */
public final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1;

    MalformedMessage(String message) {
        super(message);
    }
}
