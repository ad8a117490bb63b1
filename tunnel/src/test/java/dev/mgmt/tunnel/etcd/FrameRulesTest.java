package dev.mgmt.tunnel.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameRulesTest {
    private static final Frame PING = new Frame(Frame.PING, 0, 0, 8, 0);

    private final ManualTiming timing = new ManualTiming();
    private final FrameRules rules = new FrameRules(timing);

    @Test
    void framesAreFoundHoweverTheBytesAreCut() {
        long seed = 3;
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        var bytes =
                RawFrames.greeting()
                        .frame(Frame.DATA, Frame.END_STREAM, 7, new byte[70_000])
                        .window(0, 12_345)
                        .frame(Frame.WINDOW_UPDATE, 0, 1, new byte[2])
                        .frame(Frame.PING, Frame.ACK, 0, new byte[8])
                        .bytes();
        for (int i = 0; i < 200; i++) {
            var found = new ArrayList<Frame>();
            var cutter = new FrameCutter(RawFrames.PREFACE.length, found::add);
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(1 << (i % 17)));
                cutter.pass(bytes, at, length);
                at += length;
            }
            assertEquals(
                    List.of(
                            new Frame(Frame.SETTINGS, 0, 0, 0, 0),
                            new Frame(Frame.DATA, Frame.END_STREAM, 7, 70_000, 0),
                            new Frame(Frame.WINDOW_UPDATE, 0, 0, 4, 12_345),
                            new Frame(Frame.WINDOW_UPDATE, 0, 1, 2, 0),
                            new Frame(Frame.PING, Frame.ACK, 0, 8, 0)),
                    found);
        }
    }

    private static Frame window(int increment) {
        return new Frame(Frame.WINDOW_UPDATE, 0, 0, 4, increment);
    }

    @Test
    void windowMayBeOpenedAgainByAsMuchAsWasSent() {
        int wide = (int) FrameRules.WINDOW_BYTES - 65_535;
        assertEquals(Optional.empty(), rules.received(window(wide)));
        rules.sent(new Frame(Frame.DATA, 0, 1, 16_000, 0));
        assertEquals(Optional.empty(), rules.received(window(16_000)));
        assertTrue(rules.received(window(1)).isPresent());
    }

    @Test
    void headersAreCountedUntilTheyEnd() {
        int half = FrameRules.HEADER_BYTES / 2;
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    Optional.empty(),
                    rules.received(new Frame(Frame.HEADERS, Frame.END_HEADERS, 1, half, 0)));
        }
        var open = new Frame(Frame.HEADERS, 0, 1, half, 0);
        assertEquals(Optional.empty(), rules.received(open));
        assertEquals(
                Optional.empty(), rules.received(new Frame(Frame.CONTINUATION, 0, 1, half, 0)));
        assertTrue(rules.received(new Frame(Frame.CONTINUATION, 0, 1, 1, 0)).isPresent());
    }

    @Test
    void idleWordsComeBackWithTime() {
        for (int i = 0; i < FrameRules.IDLE_WORDS; i++) {
            assertEquals(Optional.empty(), rules.received(PING));
        }
        assertTrue(rules.received(PING).isPresent());
        timing.pass(Duration.ofSeconds(1));
        for (int i = 1; i < FrameRules.IDLE_WORDS_PER_SECOND; i++) {
            assertEquals(Optional.empty(), rules.received(PING));
        }
        assertTrue(rules.received(PING).isPresent());
    }

    @Test
    void whatCarriesSomethingIsNeverIdle() {
        var data = new Frame(Frame.DATA, 0, 1, 1, 0);
        var end = new Frame(Frame.DATA, Frame.END_STREAM, 1, 0, 0);
        var answer = new Frame(Frame.PING, Frame.ACK, 0, 8, 0);
        for (int i = 0; i < 10 * FrameRules.IDLE_WORDS; i++) {
            for (var frame : List.of(data, end, answer)) {
                assertEquals(Optional.empty(), rules.received(frame));
            }
        }
    }
}
