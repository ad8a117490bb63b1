package dev.mgmt.tunnel.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** A visitor's connection while it is served. */
public final class ServedConnection implements AutoCloseable {
    private final Socket connection;
    private final Gate gate;

    ServedConnection(Socket connection, Gate gate) {
        this.connection = connection;
        this.gate = gate;
    }

    boolean isOf(Gate gate) {
        return this.gate.equals(gate);
    }

    void breakOff() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a visitor's connection", e);
        }
    }

    /** Ends the connection if it has not ended, and every lease granted over it. */
    @Override
    public void close() {
        try {
            breakOff();
        } finally {
            gate.revokeAllGranted();
            gate.left();
        }
    }
}
