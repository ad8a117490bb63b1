package dev.mgmt.engine.dbus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Logging in (D-Bus Specification, "Authentication Protocol"): EXTERNAL, where the socket itself
 * says who is at its other end. No user number is sent: the one in a user namespace is not the one
 * outside.
 */
final class Login {
    /** All at once: nothing of it hangs on an answer, except whether it was accepted. */
    private static final String WORDS = "\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n";

    private static final int LONGEST_LINE = 1 << 14;

    private Login() {}

    static void at(SocketChannel channel) throws IOException {
        ByteBuffer words = ByteBuffer.wrap(WORDS.getBytes(StandardCharsets.US_ASCII));
        while (words.hasRemaining()) {
            channel.write(words);
        }
        for (String line = line(channel); !line.startsWith("OK "); line = line(channel)) {
            if (!line.equals("DATA")) {
                throw new ProtocolFault("the login was answered with `" + line + "`");
            }
        }
    }

    /** Byte by byte: what follows the last line is no text any more. */
    private static String line(SocketChannel channel) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (line.length() < LONGEST_LINE) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new BusLost("the bus closed the connection at the login");
            }
            char next = (char) (one.get(0) & 0xff);
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            line.append(next);
        }
        throw new ProtocolFault("the login was answered with a line without an end");
    }
}
