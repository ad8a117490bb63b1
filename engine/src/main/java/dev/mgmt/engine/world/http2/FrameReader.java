package dev.mgmt.engine.world.http2;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Takes the byte stream apart into frames: RFC 9113 section 4.1. For one thread. */
final class FrameReader {
    private static final int HEADER = 9;

    private final InputStream in;
    private final byte[] header = new byte[HEADER];

    FrameReader(InputStream in) {
        this.in = new BufferedInputStream(in, HEADER + Frame.LARGEST);
    }

    /** Blocks until there is a whole one. */
    Frame next() throws IOException {
        fill(header);
        int length = ((header[0] & 0xff) << 16) | ((header[1] & 0xff) << 8) | (header[2] & 0xff);
        if (length > Frame.LARGEST) {
            throw new ProtocolViolation(
                    ErrorCode.FRAME_SIZE_ERROR, "a frame of " + length + " octets");
        }
        byte[] payload = new byte[length];
        fill(payload);
        // The highest bit of the stream's number is reserved and has no meaning.
        int stream =
                ((header[5] & 0x7f) << 24)
                        | ((header[6] & 0xff) << 16)
                        | ((header[7] & 0xff) << 8)
                        | (header[8] & 0xff);
        return new Frame(header[3] & 0xff, header[4] & 0xff, stream, payload);
    }

    private void fill(byte[] target) throws IOException {
        if (in.readNBytes(target, 0, target.length) < target.length) {
            throw new EOFException("the connection was closed by the other end");
        }
    }
}
