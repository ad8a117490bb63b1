package dev.mgmt.tunnel.etcd;

import static dev.mgmt.tunnel.etcd.RawClient.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LeftThreads;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A host in bad hands below the calls: frames that no client sends, floods of them, and answers
 * that it asks for and never takes. While it goes on, another host's calls are answered; that is
 * counted, not timed.
 */
@Timeout(180)
class HostileFramesIT {
    private static final int CALLS_OF_ANOTHER = 50;
    private static final long MOST_HEAP = 250L << 20;
    private static final PutRequest OWN =
            PutRequest.newBuilder()
                    .setKey(bytes("/_mgmt/exports/h1/big"))
                    .setValue(bytes("x".repeat(1_400_000)))
                    .build();
    private static final RangeRequest READ = RangeRequest.newBuilder().setKey(OWN.getKey()).build();

    private final EmbeddedStore store = new EmbeddedStore();
    private final StoreServer server = new StoreServer(store);
    private HostDoor hostile;
    private HostDoor innocent;
    private RawClient other;

    /** What the hostile host does, again and again, over one connection. */
    @FunctionalInterface
    private interface Attack {
        byte[] round(long round);
    }

    @BeforeEach
    void open() throws IOException {
        store.write(List.of(new StoreAccess.Put("/_mgmt/fleet", Optional.of("fleet"))));
        hostile = new HostDoor(server, "h1");
        innocent = new HostDoor(server, "h2");
        other = new RawClient(innocent.port());
    }

    @AfterEach
    void leavesNoThreadBehind() throws Exception {
        other.close();
        hostile.close();
        innocent.close();
        server.close();
        store.close();
        assertEquals(List.of(), LeftThreads.named("store-"));
    }

    private void othersAreAnswered() {
        var fleet = RangeRequest.newBuilder().setKey(bytes("/_mgmt/fleet")).build();
        for (int i = 0; i < CALLS_OF_ANOTHER; i++) {
            assertEquals(1, other.kv().range(fleet).getCount());
        }
        assertEquals(List.of(), innocent.violations());
    }

    /** Whether the flood was broken off; it ends otherwise when others have been answered. */
    private boolean isCutOff(RawFrames greeting, Attack attack) throws Exception {
        boolean cut;
        Thread flood;
        try (var socket = hostile.connect()) {
            var out = socket.getOutputStream();
            out.write(greeting.bytes());
            flood = Thread.ofVirtual().start(() -> flood(out, attack));
            othersAreAnswered();
            cut = flood.join(Duration.ofSeconds(10));
            othersAreAnswered();
        }
        flood.join();
        return cut;
    }

    /** Until it is broken off, by them or by us. */
    private static void flood(OutputStream out, Attack attack) {
        try {
            for (long round = 0; ; round++) {
                out.write(attack.round(round));
            }
        } catch (IOException _) {
            // That is the end.
        }
    }

    private void endsWithACut(RawFrames greeting, Attack attack) throws Exception {
        assertTrue(isCutOff(greeting, attack), "the flood goes on");
        assertTrue(hostile.violations().size() < 10, () -> hostile.violations().toString());
    }

    private void isCutAndTold(RawFrames greeting, Attack attack) throws Exception {
        endsWithACut(greeting, attack);
        assertTrue(
                hostile.sawSomeOf(Violation.Kind.PROTOCOL), () -> hostile.violations().toString());
    }

    private static byte[] frame(int type, int flags, int stream, int length) {
        return new RawFrames().frame(type, flags, stream, new byte[length]).bytes();
    }

    @Test
    void floodOfSettingsIsCutOff() throws Exception {
        isCutAndTold(RawFrames.greeting(), _ -> frame(Frame.SETTINGS, 0, 0, 0));
    }

    @Test
    void floodOfPingsIsCutOff() throws Exception {
        endsWithACut(RawFrames.greeting(), _ -> frame(Frame.PING, 0, 0, 8));
    }

    @Test
    void floodOfUnknownFramesIsCutOff() throws Exception {
        isCutAndTold(RawFrames.greeting(), _ -> frame(0x77, 0, 0, 100));
    }

    @Test
    void floodOfEmptyDataIsCutOff() throws Exception {
        isCutAndTold(RawFrames.greeting().call(1, "KV/Put"), _ -> frame(Frame.DATA, 0, 1, 0));
    }

    @Test
    void callsTakenBackAtOnceAreCutOff() throws Exception {
        isCutAndTold(
                RawFrames.greeting(),
                round -> {
                    int stream = (int) (2 * round + 1);
                    return new RawFrames()
                            .call(stream, "KV/Range")
                            .message(stream, Frame.END_STREAM, READ)
                            .reset(stream)
                            .bytes();
                });
    }

    @Test
    void headersWithoutAnEndAreCutOff() throws Exception {
        isCutAndTold(
                RawFrames.greeting().frame(Frame.HEADERS, 0, 1, RawFrames.headers("KV/Range")),
                _ -> {
                    var block = new java.io.ByteArrayOutputStream();
                    RawFrames.literal(block, "x", "y".repeat(100));
                    return new RawFrames()
                            .frame(Frame.CONTINUATION, 0, 1, block.toByteArray())
                            .bytes();
                });
    }

    @Test
    void windowWithoutBoundsIsCutOff() throws Exception {
        isCutAndTold(RawFrames.greeting(), _ -> new RawFrames().window(0, 1 << 20).bytes());
    }

    /** Each of them holds what a call holds; there are no more of them than calls at a time. */
    @Test
    void halfOpenCallsHoldUpNobody() throws Exception {
        try (var socket = hostile.connect()) {
            var frames = RawFrames.greeting();
            for (int stream = 1; stream < 2 * 300; stream += 2) {
                frames.call(stream, "KV/Put")
                        .frame(Frame.DATA, 0, stream, new byte[] {0, 0, 0, 64, 0, 1, 2, 3});
            }
            socket.getOutputStream().write(frames.bytes());
            othersAreAnswered();
        }
    }

    @Test
    void floodOfCallsHoldsUpNobody() throws Exception {
        isCutOff(
                RawFrames.greeting(),
                round -> {
                    int stream = (int) (2 * round + 1);
                    return new RawFrames()
                            .call(stream, "KV/Range")
                            .message(stream, Frame.END_STREAM, READ)
                            .bytes();
                });
    }

    private static long heap() throws InterruptedException {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
            var runtime = Runtime.getRuntime();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static void heapIsBounded(long before) throws InterruptedException {
        long grown = heap() - before;
        assertTrue(grown < MOST_HEAP, () -> "heap grew by " + grown);
    }

    private void putOwn() {
        try (var own = new RawClient(hostile.port())) {
            own.kv().put(OWN);
        }
    }

    /** As much room as may be opened: what is sent then waits for who does not read. */
    private static RawFrames wideOpen() {
        return RawFrames.greeting()
                .settings(4, Integer.MAX_VALUE)
                .window(0, (int) FrameRules.WINDOW_BYTES - 65_535);
    }

    @Test
    void answersThatAreNotReadAreBounded() throws Exception {
        putOwn();
        long before = heap();
        try (var socket = hostile.connect()) {
            var out = socket.getOutputStream();
            out.write(wideOpen().bytes());
            for (int stream = 1; stream < 2 * 400; stream += 2) {
                out.write(
                        new RawFrames()
                                .call(stream, "KV/Range")
                                .message(stream, Frame.END_STREAM, READ)
                                .bytes());
            }
            awaitViolation(Violation.Kind.EXCESS);
            othersAreAnswered();
            heapIsBounded(before);
        }
    }

    @Test
    void watchesThatAreNotReadAreBounded() throws Exception {
        putOwn();
        long before = heap();
        try (var socket = hostile.connect();
                var writer = new RawClient(hostile.port())) {
            var frames = wideOpen();
            var everything =
                    WatchRequest.newBuilder()
                            .setCreateRequest(
                                    WatchCreateRequest.newBuilder()
                                            .setKey(OWN.getKey())
                                            .setPrevKv(true)
                                            .setStartRevision(1))
                            .build();
            for (int stream = 1; stream < 2 * 90; stream += 2) {
                frames.call(stream, "Watch/Watch");
                for (int i = 0; i < 20; i++) {
                    frames.message(stream, 0, everything);
                }
            }
            socket.getOutputStream().write(frames.bytes());
            for (int i = 0; i < 100; i++) {
                writer.kv().put(OWN);
            }
            awaitViolation(Violation.Kind.EXCESS);
            othersAreAnswered();
            heapIsBounded(before);
        }
    }

    @Test
    void keepAlivesThatAreNotReadAreBounded() throws Exception {
        long before = heap();
        var renewal =
                new RawFrames()
                        .message(1, 0, LeaseKeepAliveRequest.newBuilder().setID(7).build())
                        .bytes();
        var many = repeated(renewal, 1000);
        // Cut off or held up by its own window: either way it takes no more of our memory.
        isCutOff(RawFrames.greeting().call(1, "Lease/LeaseKeepAlive"), _ -> many);
        heapIsBounded(before);
    }

    private static byte[] repeated(byte[] bytes, int times) {
        var all = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private void awaitViolation(Violation.Kind kind) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!hostile.sawSomeOf(kind)) {
            assertTrue(System.nanoTime() < end, () -> "nobody was told of " + kind);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void malformedFramesDisturbNobody() throws Exception {
        long seed = 11;
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        for (int connection = 0; connection < 300; connection++) {
            try (var socket = hostile.connect()) {
                say(socket, mutated(random));
                if (connection % 30 == 0) {
                    othersAreAnswered();
                }
            }
        }
        othersAreAnswered();
        assertEquals("fleet", store.read("/_mgmt/fleet").entries().getFirst().value());
        assertEquals(1, store.read("").entries().size());
    }

    private static void say(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
        } catch (IOException _) {
            // They hung up on it before it was said in full.
        }
    }

    /** A conversation that makes sense, in which some bytes are others. */
    private static byte[] mutated(SplittableRandom random) {
        var frames =
                RawFrames.greeting()
                        .call(1, "KV/Range")
                        .message(1, Frame.END_STREAM, READ)
                        .window(0, 1000)
                        .call(3, "Watch/Watch")
                        .message(3, 0, WatchRequest.getDefaultInstance())
                        .settings(4, 100_000)
                        .frame(Frame.PING, 0, 0, new byte[8])
                        .call(5, "Lease/LeaseKeepAlive")
                        .reset(3)
                        .frame(7, 0, 0, new byte[8])
                        .bytes();
        int from = random.nextInt(4) == 0 ? 0 : RawFrames.PREFACE.length;
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            frames[from + random.nextInt(frames.length - from)] = (byte) random.nextInt(256);
        }
        return frames;
    }
}
