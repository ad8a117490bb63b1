package dev.mgmt.engine.world.http2;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames without sense: every call ends, and only for reasons that are the protocol's. */
@Timeout(30)
class GarbageIT {
    private static final class Ends implements Exchange.Listener {
        private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

        @Override
        public void headers(List<Header> headers) {}

        @Override
        public void data(Exchange exchange, byte[] bytes, int from, int to) {
            exchange.consumed(to - from);
        }

        @Override
        public void finished() {
            ends.add("finished");
        }

        @Override
        public void reset(ErrorCode code) {
            ends.add("reset");
        }

        @Override
        public void lost(IOException cause) {
            ends.add("lost " + cause.getMessage());
        }
    }

    @Test
    void everyCallEndsOnce() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            Ends heard = new Ends();
            try (ScriptedPeer peer = new ScriptedPeer();
                    Connection connection = new Connection(peer.client())) {
                connection.open(List.of(), heard).sendLast(new byte[0]);
                peer.greet();
                sendGarbage(peer, random);
            }
            String end = heard.ends.poll(10, TimeUnit.SECONDS);
            assertNotNull(end, "a call without end");
            assertFalse(end.contains("failed"), end);
            assertNull(heard.ends.poll(), "a second end");
        }
    }

    private static void sendGarbage(ScriptedPeer peer, Random random) {
        try {
            for (int i = 0; i < 20; i++) {
                byte[] payload = new byte[random.nextInt(20)];
                random.nextBytes(payload);
                int type = random.nextInt(11);
                int flags = random.nextInt(256);
                peer.send(ScriptedPeer.bytes(type, flags, random.nextInt(3), payload));
            }
        } catch (IOException _) {
            // The client has hung up, as it should.
        }
    }
}
