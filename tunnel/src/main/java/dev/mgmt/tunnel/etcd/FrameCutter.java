package dev.mgmt.tunnel.etcd;

import java.util.function.Consumer;

/**
 * Finds the frames in bytes that pass by, keeping none of them. Says of each frame as soon as its
 * head, or for a WINDOW_UPDATE its payload, has passed. Whoever owns it passes all bytes, in order.
 */
final class FrameCutter {
    private static final int HEAD_BYTES = 9;
    private static final int WORD_BYTES = 4;
    private static final int BYTE = 0xff;

    /** The highest bit of a stream's number and of an increment is reserved. */
    private static final int NUMBER = 0x7fff_ffff;

    private static final int STREAM_AT = 5;

    private final Consumer<Frame> frames;
    private final byte[] head = new byte[HEAD_BYTES + WORD_BYTES];
    private int headed;
    private long skip;

    /**
     * @param preface bytes before the first frame
     */
    FrameCutter(int preface, Consumer<Frame> frames) {
        this.skip = preface;
        this.frames = frames;
    }

    void pass(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (skip > 0) {
                int skipped = (int) Math.min(skip, end - at);
                skip -= skipped;
                at += skipped;
            } else {
                int wanted = Math.min(wanted() - headed, end - at);
                System.arraycopy(bytes, at, head, headed, wanted);
                headed += wanted;
                at += wanted;
                if (headed == wanted()) {
                    tell();
                }
            }
        }
    }

    private int wanted() {
        boolean hasWord =
                headed >= HEAD_BYTES && head[3] == Frame.WINDOW_UPDATE && payload() >= WORD_BYTES;
        return hasWord ? HEAD_BYTES + WORD_BYTES : HEAD_BYTES;
    }

    private int payload() {
        return ((head[0] & BYTE) << 16) | ((head[1] & BYTE) << 8) | (head[2] & BYTE);
    }

    private void tell() {
        int word = headed > HEAD_BYTES ? number(HEAD_BYTES) : 0;
        skip = (long) payload() - (headed - HEAD_BYTES);
        headed = 0;
        frames.accept(
                new Frame(head[3] & BYTE, head[4] & BYTE, number(STREAM_AT), payload(), word));
    }

    private int number(int at) {
        int value = 0;
        for (int i = 0; i < WORD_BYTES; i++) {
            value = (value << 8) | (head[at + i] & BYTE);
        }
        return value & NUMBER;
    }
}
