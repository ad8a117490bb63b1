package dev.mgmt.engine.world.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import dev.mgmt.engine.world.http2.ScriptedPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that misbehaves in ways a real one cannot be made to. */
@Timeout(30)
class SilentPeerIT {
    private static final HexFormat HEX = HexFormat.of();

    private ScriptedPeer peer;
    private World world;
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();

    @BeforeEach
    void connect() throws IOException {
        connect(Heart.Patience.USUAL);
    }

    private void connect(Heart.Patience patience) throws IOException {
        peer = new ScriptedPeer();
        world = EtcdWorld.over(peer.client(), patience);
    }

    @AfterEach
    void disconnect() throws IOException {
        world.close();
        peer.close();
    }

    private void beginWatch() {
        World.Listener listener =
                new World.Listener() {
                    @Override
                    public void changed(long revision, List<Change> changes) {}

                    @Override
                    public void ended(WorldException cause) {
                        outcomes.add("ended " + cause.durability() + " " + cause.getMessage());
                    }
                };
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                world.watch("/a/", 1, listener);
                                outcomes.add("watching");
                            } catch (WorldException | InterruptedException e) {
                                outcomes.add("failed " + e.getMessage());
                            }
                        });
    }

    private void beginRead() {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                outcomes.add("read " + world.read("/a/"));
                            } catch (WorldException e) {
                                outcomes.add(e.durability() + " " + e.getMessage());
                            } catch (InterruptedException _) {
                                outcomes.add("interrupted");
                            }
                        });
    }

    private String outcome() throws InterruptedException {
        return String.valueOf(outcomes.poll(10, TimeUnit.SECONDS));
    }

    private void headers(int flags, String... namesAndValues) throws IOException {
        StringBuilder block = new StringBuilder("88");
        for (int i = 0; i < namesAndValues.length; i++) {
            byte[] text = namesAndValues[i].getBytes(StandardCharsets.US_ASCII);
            block.append(i % 2 == 0 ? "00" : "");
            block.append(HEX.toHexDigits((byte) text.length)).append(HEX.formatHex(text));
        }
        peer.frame(ScriptedPeer.HEADERS, flags | ScriptedPeer.END_HEADERS, 1, block.toString());
    }

    @Test
    void aPeerThatFallsSilentIsAskedThenGivenUp() throws Exception {
        disconnect();
        connect(new Heart.Patience(Duration.ofMillis(100), Duration.ofSeconds(3)));
        beginWatch();
        peer.greet();
        headers(0);
        peer.frame(ScriptedPeer.DATA, 0, 1, "0000000002" + "1801");
        assertEquals("watching", outcome());
        assertEquals("06 00 0 0000000000000000", peer.nextOf(6));
        peer.frame(6, 1, 0, "0000000000000000");
        assertEquals("06 00 0 0000000000000000", peer.nextOf(6));
        String outcome = outcome();
        assertTrue(
                outcome.matches(
                        "ended TRANSIENT watching /a/: the other end has been silent for ([3-9]|\\d\\d) s"),
                outcome);
        assertTrue(peer.isLeft());
    }

    @Test
    void aRefusalSaysWhatTheStoreSaid() throws Exception {
        beginRead();
        peer.greet();
        headers(
                ScriptedPeer.END_STREAM,
                "content-type",
                "application/grpc",
                "grpc-status",
                "7",
                "grpc-message",
                "no, f%C3%BCr 100% %zz");
        assertEquals("PERMANENT reading /a/: no, für 100% %zz", outcome());
    }

    @Test
    void anAnswerInFramesOfOneOctetIsRead() throws Exception {
        beginRead();
        peer.greet();
        headers(0);
        // header {revision 9}, an unknown field 15, kvs {key k, mod_revision 7, value v}
        byte[] answer =
                HEX.parseHex(
                        "0000000013" + "0a021809" + "7a03010203" + "12080a016b1807" + "2a0176");
        for (byte octet : answer) {
            peer.frame(ScriptedPeer.DATA, 0, 1, HEX.toHexDigits(octet));
        }
        trailers("grpc-status", "0");
        assertEquals(
                "read Snapshot[revision=9, entries=[Entry[key=k, value=v, revision=7]]]",
                outcome());
    }

    private void trailers(String name, String value) throws IOException {
        byte[] key = name.getBytes(StandardCharsets.US_ASCII);
        byte[] text = value.getBytes(StandardCharsets.US_ASCII);
        String block =
                "00"
                        + HEX.toHexDigits((byte) key.length)
                        + HEX.formatHex(key)
                        + HEX.toHexDigits((byte) text.length)
                        + HEX.formatHex(text);
        peer.frame(ScriptedPeer.HEADERS, 5, 1, block);
    }

    @Test
    void anAnswerThatIsNoneIsAnError() throws Exception {
        wrongAnswer("", "TRANSIENT reading /a/: a call was answered with 0 messages");
        wrongAnswer(
                "0000000002" + "0a05",
                "PERMANENT reading /a/: the store's answer makes no sense: field 1 is longer than its message");
        wrongAnswer(
                "0100000000",
                "TRANSIENT reading /a/: the other end compressed a message without being asked to");
        wrongAnswer(
                "00ffffffff",
                "TRANSIENT reading /a/: a message of 4294967295 octets, where at most 268435456 are taken");
        wrongAnswer(
                "00000000", "TRANSIENT reading /a/: the other end ended a call within a message");
        wrongAnswer(
                "00000000000000000000",
                "TRANSIENT reading /a/: a call was answered with 2 messages");
    }

    private void wrongAnswer(String body, String outcome) throws Exception {
        disconnect();
        connect();
        beginRead();
        peer.greet();
        headers(0);
        if (!body.isEmpty()) {
            peer.frame(ScriptedPeer.DATA, 0, 1, body);
        }
        trailers("grpc-status", "0");
        assertEquals(outcome, outcome());
    }

    @Test
    void aStoreThatEndsTheStreamOfWatchesEndsThemAll() throws Exception {
        beginWatch();
        peer.greet();
        headers(0);
        peer.frame(ScriptedPeer.DATA, 0, 1, "0000000002" + "1801");
        assertEquals("watching", outcome());
        trailers("grpc-status", "14");
        assertEquals("ended TRANSIENT watching /a/: UNAVAILABLE", outcome());
    }

    @Test
    void aWatchThatIsRefusedIsNotBegun() throws Exception {
        beginWatch();
        peer.greet();
        headers(0);
        peer.frame(ScriptedPeer.DATA, 0, 1, "0000000008" + "180120013202" + "6e6f");
        assertEquals("failed watching /a/: no", outcome());
    }

    @Test
    void aCallerMayBeInterruptedWithoutHarmToOthers() throws Exception {
        Thread caller =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        assertThrows(
                                                InterruptedException.class,
                                                () -> world.read("/a/")));
        peer.greet();
        peer.nextOf(ScriptedPeer.DATA);
        caller.interrupt();
        caller.join();
        assertEquals("03 00 1 00000008", peer.nextOf(3));
        WorldException stillThere =
                assertThrows(
                        WorldException.class,
                        () -> {
                            peer.close();
                            world.read("/a/");
                        });
        assertEquals(Durability.TRANSIENT, stillThere.durability());
    }
}
