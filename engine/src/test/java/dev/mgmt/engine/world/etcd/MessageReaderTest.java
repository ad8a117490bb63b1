package dev.mgmt.engine.world.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.world.World.Change;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void readsWhatTheWriterWrites() throws MalformedMessage {
        long[] numbers = {1, 127, 128, 300, 1L << 35, Long.MAX_VALUE, -1, Long.MIN_VALUE};
        for (long number : numbers) {
            MessageWriter inner = new MessageWriter().text(200, "grün").number(3, number);
            MessageReader in = new MessageReader(new MessageWriter().message(1, inner).bytes());
            assertTrue(in.next());
            MessageReader message = in.message();
            assertTrue(message.next());
            assertEquals(200, message.field());
            assertEquals("grün", message.text());
            assertTrue(message.next());
            assertEquals(number, message.number());
            assertEquals(false, message.next() || in.next());
        }
    }

    @Test
    void skipsFieldsOfEveryTypeThatItDoesNotKnow() throws MalformedMessage {
        var answer =
                Responses.granted(hex("7801 79 0102030405060708 7a02 0102 7d 01020304 1005 180a"));
        assertEquals(new Responses.Granted(5, 10), answer);
    }

    @Test
    void refusesWhatIsNoMessage() {
        refuses("10");
        refuses("1080");
        refuses("10 ffffffffffffffffffff 01");
        refuses("0a05 00");
        refuses("0a ffffffffffffffffff01");
        refuses("79 01");
        refuses("7b");
        refuses("00");
        refuses("12 00");
    }

    private static void refuses(String message) {
        assertThrows(MalformedMessage.class, () -> Responses.granted(hex(message)), message);
    }

    @Test
    void eachRevisionOfAWatchAnswerIsABatch() throws MalformedMessage {
        MessageWriter answer = new MessageWriter().number(2, 7);
        addEvent(answer, 0, "a", 3);
        addEvent(answer, 1, "b", 3);
        addEvent(answer, 0, "c", 4);
        WatchNews news = WatchNews.read(answer.bytes());
        assertEquals(7, news.id());
        assertEquals(2, news.batches().size());
        assertEquals(3, news.batches().getFirst().revision());
        assertEquals(new Change.Deleted("b"), news.batches().getFirst().changes().get(1));
        assertEquals("c", news.batches().getLast().changes().getFirst().key());
    }

    private static void addEvent(MessageWriter answer, long type, String key, long revision) {
        MessageWriter keyValue = new MessageWriter().text(1, key).number(3, revision);
        answer.message(11, new MessageWriter().number(1, type).message(2, keyValue));
    }

    @Test
    void garbageIsRefusedAndNothingElseHappens() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] message = new byte[random.nextInt(40)];
            random.nextBytes(message);
            try {
                WatchNews.read(message);
                Responses.range(message);
            } catch (MalformedMessage _) {
                refused++;
            }
        }
        assertTrue(refused > 1000, "refused only " + refused);
    }
}
