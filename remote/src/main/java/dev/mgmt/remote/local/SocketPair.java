package dev.mgmt.remote.local;

import dev.mgmt.tunnel.forward.StreamSocket;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

/**
 * Two connected sockets of one process, made of two pipes. Nobody else can connect to them, and a
 * read that blocks ends when either side is closed, which the JDK's piped streams do not promise.
 */
record SocketPair(Socket near, Socket far) {
    static SocketPair open(String name) throws IOException {
        Pipe there = Pipe.open();
        Pipe back = Pipe.open();
        return new SocketPair(side(back, there, "store"), side(there, back, name));
    }

    private static Socket side(Pipe in, Pipe out, String peer) {
        return StreamSocket.over(
                Channels.newInputStream(in.source()),
                Channels.newOutputStream(out.sink()),
                peer,
                () -> {
                    out.sink().close();
                    in.source().close();
                });
    }
}
