package dev.mgmt.remote.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryPipeTest {
    private final MemoryPipe pipe = new MemoryPipe();

    private interface Act<T> {
        T run() throws Exception;
    }

    private static <T> CompletableFuture<T> elsewhere(Act<T> act) {
        var result = new CompletableFuture<T>();
        Thread.startVirtualThread(
                () -> {
                    try {
                        result.complete(act.run());
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }

    private static void awaitBlocked(MemoryPipe pipe, int size) throws IOException {
        while (pipe.source().available() < size) {
            Thread.onSpinWait();
        }
    }

    @Test
    void bytesArriveInOrderWhateverTheSizes() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] sent = new byte[1_000_000];
        random.nextBytes(sent);
        int[] parts = random.ints(1000, 1, 3 * sent.length / 1000).toArray();
        var writing =
                elsewhere(
                        () -> {
                            int at = 0;
                            for (int part : parts) {
                                int length = Math.min(part, sent.length - at);
                                pipe.sink().write(sent, at, length);
                                at += length;
                            }
                            pipe.sink().write(sent, at, sent.length - at);
                            pipe.sink().close();
                            return at;
                        });
        byte[] received = pipe.source().readAllBytes();
        assertTrue(writing.get() > 0);
        assertArrayEquals(sent, received);
    }

    @Test
    void closeEndsAReaderWhoWaits() throws Exception {
        var reading = elsewhere(() -> pipe.source().read());
        pipe.close();
        assertEquals(-1, reading.get());
    }

    @Test
    void closeEndsAWriterWhoWaits() throws Exception {
        var writing =
                elsewhere(
                        () -> {
                            pipe.sink().write(new byte[1 << 20]);
                            return 0;
                        });
        awaitBlocked(pipe, 1 << 16);
        pipe.source().close();
        var failure = assertThrows(ExecutionException.class, writing::get);
        assertEquals("java.io.IOException: the pipe is closed", failure.getMessage());
    }

    @Test
    void whatWasWrittenBeforeTheEndIsRead() throws Exception {
        pipe.sink().write(new byte[] {1, -1});
        pipe.sink().close();
        assertEquals(1, pipe.source().read());
        assertEquals(255, pipe.source().read());
        assertEquals(-1, pipe.source().read());
        assertThrows(IOException.class, () -> pipe.sink().write(1));
    }
}
