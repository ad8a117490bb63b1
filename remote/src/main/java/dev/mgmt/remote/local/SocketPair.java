package dev.mgmt.remote.local;

import dev.mgmt.tunnel.forward.StreamSocket;
import java.net.Socket;

/** Two connected sockets of one process. Nobody else can connect to them. */
record SocketPair(Socket near, Socket far) {
    static SocketPair open(String name) {
        MemoryPipe there = new MemoryPipe();
        MemoryPipe back = new MemoryPipe();
        return new SocketPair(side(back, there, "store"), side(there, back, name));
    }

    private static Socket side(MemoryPipe in, MemoryPipe out, String peer) {
        return StreamSocket.over(
                in.source(),
                out.sink(),
                peer,
                () -> {
                    out.close();
                    in.close();
                });
    }
}
