package dev.mgmt.engine.world.http2;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;

/** The other end of a connection, which says what a test makes it say, and when. */
public final class ScriptedPeer implements Closeable {
    public static final int DATA = Frame.DATA;
    public static final int HEADERS = Frame.HEADERS;
    public static final int END_STREAM = Frame.END_STREAM;
    public static final int END_HEADERS = Frame.END_HEADERS;

    private final ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket client;
    private final Socket socket;
    private final FrameReader in;

    public ScriptedPeer() throws IOException {
        client = new Socket(port.getInetAddress(), port.getLocalPort());
        socket = port.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new FrameReader(socket.getInputStream());
    }

    /** The end that is to be tested. */
    public Socket client() {
        return client;
    }

    /** Reads what a client begins with, and answers with empty settings. */
    public void greet() throws IOException {
        byte[] preface = socket.getInputStream().readNBytes(24);
        if (preface[0] != 'P') {
            throw new IOException("no preface");
        }
        expect("04 00 0 000200000000000400100000000600010000");
        expect("08 00 0 00ff0001");
        frame(Frame.SETTINGS, 0, 0, "");
    }

    /** The next frame as type, flags, stream and payload. */
    public String next() throws IOException {
        Frame frame = in.next();
        int flags = 0;
        for (int flag = 1; flag < 256; flag <<= 1) {
            flags |= frame.has(flag) ? flag : 0;
        }
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((byte) frame.type())
                + " "
                + hex.toHexDigits((byte) flags)
                + " "
                + frame.stream()
                + " "
                + hex.formatHex(frame.payload());
    }

    public void expect(String frame) throws IOException {
        String next = next();
        if (!next.equals(frame)) {
            throw new AssertionError("expected " + frame + " but the client sent " + next);
        }
    }

    /** Reads until a frame of this type comes. */
    public String nextOf(int type) throws IOException {
        String wanted = HexFormat.of().toHexDigits((byte) type);
        String next = next();
        while (!next.startsWith(wanted)) {
            next = next();
        }
        return next;
    }

    public void frame(int type, int flags, int stream, String hexPayload) throws IOException {
        send(bytes(type, flags, stream, HexFormat.of().parseHex(hexPayload)));
    }

    public static byte[] bytes(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = payload.length;
        out.writeBytes(
                new byte[] {
                    (byte) (length >> 16),
                    (byte) (length >> 8),
                    (byte) length,
                    (byte) type,
                    (byte) flags,
                    0,
                    0,
                    (byte) (stream >> 8),
                    (byte) stream
                });
        out.writeBytes(payload);
        return out.toByteArray();
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Whether the client hangs up; reads what it still has to say. */
    public boolean isLeft() throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {}
            return true;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        client.close();
        port.close();
    }
}
