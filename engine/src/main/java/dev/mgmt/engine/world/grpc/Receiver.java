package dev.mgmt.engine.world.grpc;

/** What comes from the other end of a call, told by the connection's reader: must not block. */
public interface Receiver {
    /** Counts against the call's window until {@link Call#consumed}. */
    void message(byte[] message);

    /** Nothing follows. */
    void ended(Status status);
}
