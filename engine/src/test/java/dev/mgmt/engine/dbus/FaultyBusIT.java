package dev.mgmt.engine.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.dbus.Bus.Partner;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The other end of a real socket, played: it stutters, says nothing, or says what it must not. */
@Timeout(60)
class FaultyBusIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LOGIN = "\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n";
    private static final String OK = "OK 0123456789abcdef0123456789abcdef\r\n";

    /** The answer to the first call: the text {@code hi}. */
    private static final String ANSWER =
            "6c 02 00 01 07000000 01000000 0f000000"
                    + "05 01 75 00 01000000 08 01 67 00 01 73 00 00"
                    + "02000000 68 69 00";

    @TempDir private Path directory;
    private Path socket;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        socket = directory.resolve("bus");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private interface Part {
        void play(SocketChannel channel) throws IOException;
    }

    /** Plays its part with the first that connects, and hangs up. */
    private Thread play(Part part) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try (SocketChannel channel = server.accept()) {
                                part.play(channel);
                            } catch (IOException e) {
                                // The test is over, or has hung up as it should.
                            }
                        });
    }

    private static void say(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private static void say(SocketChannel channel, String text) throws IOException {
        say(channel, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** All of the login: whoever hangs up with something unread breaks the pipe instead. */
    private static void hearLogin(SocketChannel channel) throws IOException {
        hear(channel, LOGIN.length());
    }

    /** Until there was something after the login. */
    private static void awaitCall(SocketChannel channel) throws IOException {
        hear(channel, LOGIN.length() + Message.FIXED_BYTES);
    }

    private static void hear(SocketChannel channel, int atLeast) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(1 << 16);
        while (in.position() < atLeast) {
            if (channel.read(in) < 0) {
                throw new IOException("hung up");
            }
        }
    }

    /** Reads and says nothing until the other side hangs up. */
    private static void stare(SocketChannel channel) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(1 << 16);
        int read = 0;
        while (read >= 0) {
            read = channel.read(in.clear());
        }
    }

    private String refusedLogin(Duration patience) {
        IOException refused =
                assertThrows(IOException.class, () -> Bus.connect(socket, Partner.PEER, patience));
        return String.valueOf(refused.getMessage());
    }

    private static final Call CALL = new Call("a.b", "/", "a.b", "C", "", List.of());

    private String failedCall(Part answer) throws IOException, InterruptedException {
        Thread other =
                play(
                        channel -> {
                            say(channel, "DATA\r\n" + OK);
                            awaitCall(channel);
                            answer.play(channel);
                        });
        Bus bus = Bus.connect(socket, Partner.PEER);
        IOException failure = assertThrows(IOException.class, () -> bus.call(CALL));
        bus.close();
        other.join();
        return String.valueOf(failure.getMessage());
    }

    @Test
    void bytesMayComeOneByOne() throws IOException, InterruptedException {
        Thread other =
                play(
                        channel -> {
                            for (byte one : ("DATA\r\n" + OK).getBytes(StandardCharsets.US_ASCII)) {
                                say(channel, new byte[] {one});
                            }
                            awaitCall(channel);
                            for (byte one : bytes(ANSWER)) {
                                say(channel, new byte[] {one});
                            }
                            stare(channel);
                        });
        Bus bus = Bus.connect(socket, Partner.PEER);
        assertEquals(List.of("hi"), bus.call(CALL));
        bus.close();
        other.join();
    }

    @Test
    void messageRightBehindTheLoginIsNotLost() throws IOException, InterruptedException {
        Thread other =
                play(
                        channel -> {
                            String signal = "6c 04 00 01 00000000 09000000 00000000";
                            say(channel, OK + new String(bytes(signal), StandardCharsets.US_ASCII));
                            awaitCall(channel);
                            say(channel, bytes(ANSWER));
                            stare(channel);
                        });
        Bus bus = Bus.connect(socket, Partner.PEER);
        assertEquals(List.of("hi"), bus.call(CALL));
        bus.close();
        other.join();
    }

    @Test
    void loginThatIsRefusedOrCutOffSaysSo() throws InterruptedException {
        Thread other =
                play(
                        channel -> {
                            hearLogin(channel);
                            say(channel, "REJECTED KERBEROS_V4\r\n");
                        });
        assertEquals(
                "not as D-Bus has it: the login was answered with `REJECTED KERBEROS_V4`",
                refusedLogin(PATIENCE));
        other.join();
        other =
                play(
                        channel -> {
                            hearLogin(channel);
                            say(channel, "DA");
                        });
        assertEquals("the bus closed the connection at the login", refusedLogin(PATIENCE));
        other.join();
        other =
                play(
                        channel -> {
                            hearLogin(channel);
                            say(channel, "x".repeat(1 << 15));
                            stare(channel);
                        });
        assertTrue(refusedLogin(PATIENCE).contains("a line without an end"));
        other.join();
    }

    @Test
    void loginThatIsNotAnsweredComesToAnEnd() throws InterruptedException {
        Thread other = play(FaultyBusIT::stare);
        assertEquals(
                "the login was not answered within 50 ms", refusedLogin(Duration.ofMillis(50)));
        other.join();
    }

    @Test
    void messageThatIsTooLongEndsTheConnectionBeforeItIsRead()
            throws IOException, InterruptedException {
        String reason =
                failedCall(
                        channel -> {
                            say(channel, bytes("6c 04 00 01 ffffff07 01000000 00000000"));
                            stare(channel);
                        });
        assertTrue(reason.contains("a message of 134217743 bytes"), reason);
    }

    @Test
    void garbageEndsTheConnectionAndWhatWaitedForAnAnswer()
            throws IOException, InterruptedException {
        String reason =
                failedCall(
                        channel -> {
                            say(channel, "HTTP/1.1 400 Bad Request\r\n\r\n");
                            stare(channel);
                        });
        assertTrue(reason.contains("a message that starts with 72"), reason);
    }

    @Test
    void messageThatIsCutOffEndsTheConnection() throws IOException, InterruptedException {
        String reason = failedCall(channel -> say(channel, bytes(ANSWER.substring(0, 60))));
        assertEquals("the bus closed the connection", reason);
    }
}
