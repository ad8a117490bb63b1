package dev.mgmt.tunnel.etcd;

import java.time.Duration;
import java.util.Optional;

/**
 * What a visitor may ask for with HTTP/2's own means, below the calls: the protocol lets a client
 * have as much of our memory and time as it likes.
 *
 * <ul>
 *   <li>How much may be on its way to it: what it opened the connection's window for waits in our
 *       memory when it then does not read.
 *   <li>How long a block of headers may be: it is only looked at when it is whole.
 *   <li>How often it may say what costs it nothing and us something: pings, settings, empty frames,
 *       and calls taken back as soon as they were made ("rapid reset").
 * </ul>
 */
final class FrameRules {
    /** Half as much again as agents open. */
    static final long WINDOW_BYTES = 24L << 20;

    static final int HEADER_BYTES = 64 << 10;
    static final int IDLE_WORDS = 1000;
    static final int IDLE_WORDS_PER_SECOND = 100;

    /** RFC 9113, section 6.9.2: where every connection begins. */
    private static final int FIRST_WINDOW = 65_535;

    private final Timing timing;
    private long window = FIRST_WINDOW;
    private long headers;
    private double idleWordsLeft = IDLE_WORDS;
    private Duration refilled;

    FrameRules(Timing timing) {
        this.timing = timing;
        this.refilled = timing.now();
    }

    /** What is wrong about a frame of the visitor's; then its connection has to end. */
    synchronized Optional<String> received(Frame frame) {
        if (frame.type() == Frame.WINDOW_UPDATE && frame.stream() == 0) {
            window += frame.word();
            if (window > WINDOW_BYTES) {
                return Optional.of("opened a window of more than " + WINDOW_BYTES + " bytes");
            }
        }
        if (frame.type() == Frame.HEADERS || frame.type() == Frame.CONTINUATION) {
            headers += frame.length();
            if (headers > HEADER_BYTES) {
                return Optional.of("sent headers of more than " + HEADER_BYTES + " bytes");
            }
            if (frame.has(Frame.END_HEADERS)) {
                headers = 0;
            }
        }
        return saysNothing(frame) ? takeIdleWord() : Optional.empty();
    }

    private static boolean saysNothing(Frame frame) {
        return switch (frame.type()) {
            case Frame.DATA -> frame.length() == 0 && !frame.has(Frame.END_STREAM);
            case Frame.HEADERS, Frame.WINDOW_UPDATE -> false;
            case Frame.SETTINGS, Frame.PING -> !frame.has(Frame.ACK);
            default -> true;
        };
    }

    private Optional<String> takeIdleWord() {
        var now = timing.now();
        double earned = now.minus(refilled).toMillis() * IDLE_WORDS_PER_SECOND / 1000.0;
        if (earned >= 1) {
            idleWordsLeft = Math.min(IDLE_WORDS, idleWordsLeft + earned);
            refilled = now;
        }
        idleWordsLeft--;
        return idleWordsLeft < 0
                ? Optional.of("sent nothing but pings, resets and their like")
                : Optional.empty();
    }

    synchronized void sent(Frame frame) {
        if (frame.type() == Frame.DATA) {
            window -= frame.length();
        }
    }
}
