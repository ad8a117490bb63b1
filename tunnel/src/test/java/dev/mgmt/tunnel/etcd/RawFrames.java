package dev.mgmt.tunnel.etcd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;

/** HTTP/2 frames, right and wrong ones, as bytes. */
final class RawFrames {
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    private static final int GRPC_HEAD = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static RawFrames greeting() {
        var frames = new RawFrames();
        frames.bytes.writeBytes(PREFACE);
        return frames.frame(Frame.SETTINGS, 0, 0, new byte[0]);
    }

    RawFrames frame(int type, int flags, int stream, byte[] payload) {
        bytes.write(payload.length >> 16);
        bytes.write(payload.length >> 8);
        bytes.write(payload.length);
        bytes.write(type);
        bytes.write(flags);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(stream).array());
        bytes.writeBytes(payload);
        return this;
    }

    RawFrames window(int stream, int increment) {
        return frame(
                Frame.WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(increment).array());
    }

    RawFrames settings(int id, int value) {
        return frame(
                Frame.SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6).putShort((short) id).putInt(value).array());
    }

    RawFrames reset(int stream) {
        return frame(Frame.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }

    /** Begins a call; nothing of its request is sent. */
    RawFrames call(int stream, String method) {
        return frame(Frame.HEADERS, Frame.END_HEADERS, stream, headers(method));
    }

    static byte[] headers(String method) {
        var block = new ByteArrayOutputStream();
        Map.of(
                        ":method", "POST",
                        ":scheme", "http",
                        ":path", "/etcdserverpb." + method,
                        ":authority", "store")
                .forEach((name, value) -> literal(block, name, value));
        literal(block, "te", "trailers");
        literal(block, "content-type", "application/grpc");
        return block.toByteArray();
    }

    /** RFC 7541, section 6.2.2: without indexing, the name spelled out, no Huffman code. */
    static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        block.write(name.length());
        block.writeBytes(name.getBytes(US_ASCII));
        block.write(value.length());
        block.writeBytes(value.getBytes(US_ASCII));
    }

    /** One message of a call's request. */
    RawFrames message(int stream, int flags, MessageLite message) {
        var payload = message.toByteArray();
        return frame(
                Frame.DATA,
                flags,
                stream,
                ByteBuffer.allocate(GRPC_HEAD + payload.length)
                        .put((byte) 0)
                        .putInt(payload.length)
                        .put(payload)
                        .array());
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    byte[] take() {
        var all = bytes();
        bytes.reset();
        return all;
    }
}
