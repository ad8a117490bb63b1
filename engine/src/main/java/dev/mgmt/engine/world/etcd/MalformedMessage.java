package dev.mgmt.engine.world.etcd;

/** What came is no message of protocol buffers, or not the one that was expected. */
final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1;

    MalformedMessage(String message) {
        super(message);
    }
}
