package dev.mgmt.engine.dbus;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

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

    /** Connects and logs in; a channel that failed is to be closed. */
    static void at(Path socket, SocketChannel channel, Duration patience) throws IOException {
        Thread deadline =
                Thread.ofVirtual().name("login at " + socket).start(() -> end(channel, patience));
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            talk(channel);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (ClosedChannelException e) {
            throw new IOException(
                    "the login was not answered within " + patience.toMillis() + " ms", e);
        } finally {
            deadline.interrupt();
        }
    }

    private static void end(SocketChannel channel, Duration patience) {
        try {
            Thread.sleep(patience);
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The login is over.
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }

    private static void talk(SocketChannel channel) throws IOException {
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
