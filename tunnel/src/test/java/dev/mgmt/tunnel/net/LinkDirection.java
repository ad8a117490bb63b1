package dev.mgmt.tunnel.net;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One way of a link: a thread that takes packets in and one that lets them out in time. */
final class LinkDirection {
    /** As home routers have; a second at 2 Mbit/s. */
    private static final int QUEUE_BYTES = 256 << 10;

    private final TunDevice from;
    private final TunDevice to;
    private final LinkShape shape;
    private final SplittableRandom random;
    private final Consumer<byte[]> onPacket;
    private final BlockingQueue<Due> waiting = new LinkedBlockingQueue<>();
    private final Thread reader;
    private final Thread writer;
    private volatile boolean cut;
    private volatile boolean over;
    private long free = System.nanoTime();

    private static final class Due {
        private final byte[] packet;
        private final long at;

        private Due(byte[] packet, long at) {
            this.packet = packet;
            this.at = at;
        }
    }

    LinkDirection(
            TunDevice from,
            TunDevice to,
            LinkShape shape,
            SplittableRandom random,
            Consumer<byte[]> onPacket) {
        this.from = from;
        this.to = to;
        this.shape = shape;
        this.random = random;
        this.onPacket = onPacket;
        reader = Thread.ofPlatform().daemon().name("link-in").start(this::take);
        writer = Thread.ofPlatform().daemon().name("link-out").start(this::let);
    }

    void cut() {
        cut = true;
    }

    void restore() {
        cut = false;
    }

    private void take() {
        while (!over) {
            var packet = from.read();
            if (packet.length == 0 || cut || random.nextInt(1000) < shape.loss()) {
                continue;
            }
            long now = System.nanoTime();
            free = Math.max(free, now);
            if (shape.bitsPerSecond() > 0) {
                long most = QUEUE_BYTES * 8L * 1_000_000_000L / shape.bitsPerSecond();
                if (free - now > most) {
                    continue;
                }
                free += packet.length * 8L * 1_000_000_000L / shape.bitsPerSecond();
            }
            onPacket.accept(packet);
            waiting.add(new Due(packet, free + shape.delay().toNanos()));
        }
    }

    private void let() {
        try {
            while (!over) {
                var next = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (next == null) {
                    continue;
                }
                for (long left = next.at - System.nanoTime();
                        left > 0 && !over;
                        left = next.at - System.nanoTime()) {
                    LockSupport.parkNanos(Math.min(left, Duration.ofMillis(100).toNanos()));
                }
                if (!cut && !over) {
                    to.write(next.packet);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void end() throws InterruptedException {
        over = true;
        reader.join();
        writer.join();
    }
}
