package dev.mgmt.tunnel.etcd;

import io.grpc.Context;
import java.net.SocketAddress;
import java.util.Objects;

/**
 * One connection with its gate, in the shape of the peer's address: so it travels with the
 * connection through gRPC, from the socket to every call made over it.
 */
final class Visit extends SocketAddress {
    private static final long serialVersionUID = 1;

    static final Context.Key<Gate> GATE = Context.key("gate");

    private final transient Gate gate;
    private final String visitor;

    Visit(String visitor, Gate gate) {
        this.visitor = visitor;
        this.gate = gate;
    }

    /** Of the connection over which the present call was made. */
    static Gate gate() {
        return Objects.requireNonNull(GATE.get(), "a call without a visitor");
    }

    Gate ownGate() {
        return gate;
    }

    @Override
    public String toString() {
        return visitor;
    }
}
