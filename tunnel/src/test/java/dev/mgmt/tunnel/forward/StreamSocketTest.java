package dev.mgmt.tunnel.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamSocketTest {
    private final List<String> closed = new ArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private final InputStream input =
            new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)) {
                @Override
                public void close() throws IOException {
                    closed.add("input");
                    throw new IOException("input does not like to be closed");
                }
            };
    private final OutputStream output =
            new OutputStream() {
                @Override
                public void write(int octet) {
                    sent.write(octet);
                }

                @Override
                public void close() {
                    closed.add("output");
                }
            };

    @Test
    void looksConnectedAndPassesBytesThrough() throws Exception {
        try (var socket =
                StreamSocket.over(InputStream.nullInputStream(), output, "h1", () -> {})) {
            assertTrue(socket.isConnected());
            assertFalse(socket.isClosed());
            assertEquals("h1", socket.getRemoteSocketAddress().toString());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(5);
            socket.getOutputStream().write("hi".getBytes(StandardCharsets.UTF_8));
            assertEquals(-1, socket.getInputStream().read());
            assertEquals("hi", sent.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void closesEverythingOnceEvenIfPartOfItFails() throws Exception {
        var socket = StreamSocket.over(input, output, "h1", () -> closed.add("owner"));
        assertThrows(IOException.class, socket::close);
        socket.close();
        assertEquals(List.of("owner", "output", "input"), closed);
        assertTrue(socket.isClosed());
        assertThrows(SocketException.class, socket::getInputStream);
        assertThrows(SocketException.class, socket::getOutputStream);
    }
}
