package dev.mgmt.engine.world.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectionIT {
    private static final List<Header> REQUEST = List.of(new Header("a", "b"));
    private static final String STATUS_200 = "88";
    private static final String ACKNOWLEDGEMENT = "04 01 0 ";

    private ScriptedPeer peer;
    private Connection connection;
    private int acknowledged;
    private final Heard heard = new Heard();

    /** What an exchange was told, one word each. */
    private static final class Heard implements Exchange.Listener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void headers(List<Header> headers) {
            events.add("headers " + headers.getFirst().value());
        }

        @Override
        public void data(Exchange exchange, byte[] bytes, int from, int to) {
            events.add("data " + new String(bytes, from, to - from, StandardCharsets.US_ASCII));
            exchange.consumed(to - from);
        }

        @Override
        public void finished() {
            events.add("finished");
        }

        @Override
        public void reset(ErrorCode code) {
            events.add("reset " + code);
        }

        @Override
        public void lost(IOException cause) {
            events.add("lost " + cause.getMessage());
        }

        String next() throws InterruptedException {
            return String.valueOf(events.poll(10, TimeUnit.SECONDS));
        }
    }

    @BeforeEach
    void connect() throws IOException {
        peer = new ScriptedPeer();
        connection = new Connection(peer.client());
    }

    @AfterEach
    void disconnect() throws IOException {
        connection.close();
        peer.close();
    }

    private Exchange ask(String body) throws IOException, InterruptedException {
        Exchange exchange = connection.open(REQUEST, heard);
        exchange.sendLast(body.getBytes(StandardCharsets.US_ASCII));
        return exchange;
    }

    private Exchange askAndGreet(String body) throws IOException, InterruptedException {
        Exchange exchange = ask(body);
        peer.greet();
        peer.expect("01 04 1 0001610162");
        return exchange;
    }

    @Test
    void aRequestIsPrefaceSettingsHeadersAndData() throws Exception {
        askAndGreet("hi");
        peer.expect("00 01 1 6869");
        peer.expect(ACKNOWLEDGEMENT);
        peer.frame(ScriptedPeer.HEADERS, ScriptedPeer.END_HEADERS, 1, STATUS_200);
        peer.frame(ScriptedPeer.DATA, ScriptedPeer.END_STREAM, 1, "796f");
        assertEquals("headers 200", heard.next());
        assertEquals("data yo", heard.next());
        assertEquals("finished", heard.next());
    }

    @Test
    void anAnswerInPiecesAtEveryOctetIsTheSameAnswer() throws Exception {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(ScriptedPeer.bytes(Frame.HEADERS, 0x28, 1, hex("02 00000000 00 880000")));
        answer.writeBytes(ScriptedPeer.bytes(Frame.CONTINUATION, 0, 1, hex("")));
        answer.writeBytes(ScriptedPeer.bytes(Frame.CONTINUATION, 4, 1, hex("0001610162")));
        answer.writeBytes(ScriptedPeer.bytes(0xee, 0xff, 1, hex("0102")));
        answer.writeBytes(ScriptedPeer.bytes(Frame.DATA, 0x9, 1, hex("03 796f 000000")));
        byte[] whole = answer.toByteArray();
        askAndGreet("");
        for (byte octet : whole) {
            peer.send(new byte[] {octet});
        }
        assertEquals("headers 200", heard.next());
        assertEquals("data yo", heard.next());
        assertEquals("finished", heard.next());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void noMoreIsSentThanThePeerTakes() throws Exception {
        Thread sender =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        ask("x".repeat(100_000));
                                    } catch (IOException | InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
        peer.greet();
        peer.expect("01 04 1 0001610162");
        assertEquals(65_535, receive(65_535));
        // The stream's window grows by 1000, the connection's not yet: nothing may come.
        peer.frame(Frame.SETTINGS, 0, 0, "0004" + HexFormat.of().toHexDigits(66_535));
        for (; acknowledged < 2; acknowledged++) {
            peer.expect(ACKNOWLEDGEMENT);
        }
        peer.frame(Frame.PING, 0, 0, "0102030405060708");
        peer.expect("06 01 0 0102030405060708");
        peer.frame(Frame.WINDOW_UPDATE, 0, 0, "00010000");
        assertEquals(1000, receive(1000));
        peer.frame(Frame.WINDOW_UPDATE, 0, 1, "00010000");
        assertEquals(100_000 - 66_535, receive(100_000 - 66_535));
        sender.join();
    }

    /** Settings are acknowledged whenever the client has read them, also between data. */
    private int receive(int octets) throws IOException {
        int received = 0;
        while (received < octets) {
            String frame = peer.next();
            if (frame.equals(ACKNOWLEDGEMENT)) {
                acknowledged++;
            } else {
                assertTrue(frame.startsWith("00 "), frame);
                received += (frame.length() - frame.lastIndexOf(' ') - 1) / 2;
            }
        }
        return received;
    }

    @Test
    void windowsAreGrantedAnewAsDataIsConsumed() throws Exception {
        askAndGreet("");
        peer.frame(ScriptedPeer.HEADERS, ScriptedPeer.END_HEADERS, 1, STATUS_200);
        byte[] data = ScriptedPeer.bytes(Frame.DATA, 0, 1, new byte[Frame.LARGEST]);
        for (int i = 0; i < 32; i++) {
            peer.send(data);
        }
        assertEquals("08 00 1 00080000", peer.nextOf(Frame.WINDOW_UPDATE));
    }

    @Test
    void morePeerDataThanWasAskedForEndsTheConnection() throws Exception {
        Exchange.Listener deaf =
                new Exchange.Listener() {
                    @Override
                    public void headers(List<Header> headers) {}

                    @Override
                    public void data(Exchange exchange, byte[] bytes, int from, int to) {}

                    @Override
                    public void finished() {}

                    @Override
                    public void reset(ErrorCode code) {}

                    @Override
                    public void lost(IOException cause) {
                        heard.lost(cause);
                    }
                };
        connection.open(REQUEST, deaf).sendLast(new byte[0]);
        peer.greet();
        byte[] data = ScriptedPeer.bytes(Frame.DATA, 0, 1, new byte[Frame.LARGEST]);
        for (int i = 0; i < 65; i++) {
            peer.send(data);
        }
        assertEquals("lost more data was sent than was asked for", heard.next());
        assertTrue(peer.nextOf(Frame.GOAWAY).startsWith("07 00 0 0000000000000003"));
        assertTrue(peer.isLeft());
    }

    @Test
    void streamsThatAPeerLeavingDidNotTakeAreLostAndOthersEndWell() throws Exception {
        askAndGreet("");
        Heard second = new Heard();
        connection.open(REQUEST, second).sendLast(new byte[0]);
        peer.frame(Frame.GOAWAY, 0, 0, "00000001" + "00000000" + "627965");
        assertEquals("lost the other end is leaving (NO_ERROR) bye", second.next());
        IOException refusal = assertThrows(IOException.class, () -> ask(""));
        assertEquals("the other end is leaving (NO_ERROR) bye", refusal.getMessage());
        peer.frame(ScriptedPeer.HEADERS, 0x5, 1, STATUS_200);
        assertEquals("headers 200", heard.next());
        assertEquals("finished", heard.next());
        assertTrue(peer.isLeft());
        assertTrue(connection.hasEnded());
    }

    @Test
    void aResetEndsOneStreamOnly() throws Exception {
        askAndGreet("");
        peer.frame(Frame.RST_STREAM, 0, 1, "00000007");
        assertEquals("reset REFUSED_STREAM", heard.next());
        peer.frame(ScriptedPeer.HEADERS, ScriptedPeer.END_HEADERS, 1, STATUS_200);
        ask("");
        peer.frame(ScriptedPeer.HEADERS, 0x5, 3, STATUS_200);
        assertEquals("headers 200", heard.next());
        assertEquals("finished", heard.next());
    }

    @Test
    void anAnswerBeforeTheRequestIsWholeCancelsTheRest() throws Exception {
        Exchange exchange = connection.open(REQUEST, heard);
        exchange.send(new byte[1]);
        peer.greet();
        peer.frame(ScriptedPeer.HEADERS, 0x5, 1, STATUS_200);
        assertEquals("03 00 1 00000008", peer.nextOf(Frame.RST_STREAM));
        assertEquals("headers 200", heard.next());
        assertEquals("finished", heard.next());
        assertThrows(IOException.class, () -> exchange.send(new byte[1]));
    }

    @Test
    void aCancelledStreamHearsNothingMore() throws Exception {
        Exchange exchange = askAndGreet("");
        exchange.cancel();
        assertEquals("03 00 1 00000008", peer.nextOf(Frame.RST_STREAM));
        peer.frame(ScriptedPeer.HEADERS, ScriptedPeer.END_HEADERS, 1, STATUS_200);
        ask("");
        peer.frame(ScriptedPeer.HEADERS, 0x5, 3, STATUS_200);
        assertEquals("headers 200", heard.next());
        assertEquals("finished", heard.next());
        assertTrue(heard.events.isEmpty());
    }

    @Test
    void nobodyIsServedBeyondThePeersLimitOfStreams() throws Exception {
        askAndGreet("");
        peer.frame(Frame.SETTINGS, 0, 0, "000300000001");
        peer.nextOf(Frame.SETTINGS);
        peer.nextOf(Frame.SETTINGS);
        Heard second = new Heard();
        Thread waiting =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        connection.open(REQUEST, second).sendLast(new byte[0]);
                                    } catch (IOException | InterruptedException e) {
                                        second.events.add("failed " + e);
                                    }
                                });
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        peer.frame(ScriptedPeer.HEADERS, 0x5, 1, STATUS_200);
        assertEquals("01 04 3 0001610162", peer.nextOf(Frame.HEADERS));
        waiting.join();
    }

    @Test
    void eachBreachOfTheProtocolEndsTheConnectionWithItsReason() throws Exception {
        breach(Frame.DATA, 0, 0, "", "a frame of type 0 on stream 0");
        breach(Frame.DATA, 0, 3, "", "a frame of type 0 on stream 3");
        breach(Frame.DATA, 8, 1, "05", "a frame has more padding than it has octets");
        breach(Frame.DATA, 8, 1, "", "a frame has more padding than it has octets");
        breach(Frame.HEADERS, 4, 2, "88", "a frame of type 1 on stream 2");
        breach(Frame.HEADERS, 4, 1, "be", "a header refers to index 62");
        breach(Frame.CONTINUATION, 4, 1, "", "a frame of type 9 on stream 1");
        breach(Frame.RST_STREAM, 0, 1, "00", "a frame of type 3 has 1 octets");
        breach(Frame.SETTINGS, 0, 1, "", "a frame of type 4 on stream 1");
        breach(Frame.SETTINGS, 0, 0, "00", "a frame of type 4 has 1 octets");
        breach(Frame.SETTINGS, 1, 0, "00", "a frame of type 4 has 1 octets");
        breach(Frame.SETTINGS, 0, 0, "000480000000", "setting 4 is 2147483648");
        breach(Frame.SETTINGS, 0, 0, "000500000001", "setting 5 is 1");
        breach(Frame.SETTINGS, 0, 0, "000200000001", "setting 2 is 1");
        breach(Frame.PUSH_PROMISE, 4, 1, "0000000288", "a frame of type 5 on stream 1");
        breach(Frame.PING, 0, 0, "00", "a frame of type 6 has 1 octets");
        breach(Frame.GOAWAY, 0, 0, "00", "a frame of type 7 has 1 octets");
        breach(Frame.WINDOW_UPDATE, 0, 0, "00000000", "a window grows by nothing");
        breach(Frame.WINDOW_UPDATE, 0, 0, "7fffffff", "a window of more than 2^31-1 octets");
        breach(Frame.WINDOW_UPDATE, 0, 1, "7fffffff", "a window of more than 2^31-1 octets");
    }

    private void breach(int type, int flags, int stream, String payload, String reason)
            throws Exception {
        disconnect();
        connect();
        heard.events.clear();
        askAndGreet("");
        peer.frame(type, flags, stream, payload);
        assertEquals("lost " + reason, heard.next());
        assertTrue(
                peer.nextOf(Frame.GOAWAY)
                        .endsWith(
                                HexFormat.of()
                                        .formatHex(reason.getBytes(StandardCharsets.US_ASCII))));
        assertTrue(peer.isLeft());
    }

    @Test
    void aFrameThatIsTooLargeEndsTheConnection() throws Exception {
        askAndGreet("");
        peer.send(hex("004001 00 00 00000001"));
        assertEquals("lost a frame of 16385 octets", heard.next());
    }

    @Test
    void anythingBetweenThePartsOfAHeaderBlockEndsTheConnection() throws Exception {
        askAndGreet("");
        peer.frame(Frame.HEADERS, 0, 1, STATUS_200);
        peer.frame(Frame.PING, 0, 0, "0102030405060708");
        assertEquals("lost a frame of type 6 on stream 0", heard.next());
    }

    @Test
    void aHeaderBlockWithoutEndEndsTheConnection() throws Exception {
        askAndGreet("");
        peer.frame(Frame.HEADERS, 0, 1, "");
        byte[] part = ScriptedPeer.bytes(Frame.CONTINUATION, 0, 1, new byte[Frame.LARGEST]);
        for (int i = 0; i < 5; i++) {
            peer.send(part);
        }
        assertEquals("lost headers of more than 65536 octets", heard.next());
    }

    @Test
    void aPeerThatSpeaksSomethingElseIsRecognised() throws Exception {
        ask("");
        peer.send("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(heard.next().startsWith("lost a frame of "));
    }

    @Test
    void aPeerThatHangsUpIsTheEndOfEveryCall() throws Exception {
        askAndGreet("");
        peer.close();
        assertTrue(heard.next().startsWith("lost "));
        assertThrows(IOException.class, () -> ask(""));
        assertTrue(heard.events.isEmpty());
    }
}
