package dev.mgmt.engine.dbus;

import dev.mgmt.engine.dbus.Message.Field;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection. Two virtual threads own the socket: one reads, one writes. Nobody else touches
 * it, because a thread that is interrupted while it writes would close it for all.
 *
 * <p>Messages are dispatched in the order in which they come. Whoever waits for an answer may see
 * signals that came after it before it wakes, but none that came before it will come later.
 */
public final class Bus {
    private static final String DAEMON = "org.freedesktop.DBus";
    private static final String DAEMON_PATH = "/org/freedesktop/DBus";

    /** A daemon-reload of a big host takes a while. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** A daemon that is started by the first connection takes a moment. */
    private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(30);

    private final SocketChannel channel;
    private final Partner partner;
    private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
    private final Map<Long, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final AtomicLong serials = new AtomicLong();
    private final CompletableFuture<BusLost> loss = new CompletableFuture<>();

    /** Who is at the other end of a socket. */
    public enum Partner {
        /** A bus, with others behind it. */
        BUS,
        /** The one program that is called, alone. */
        PEER
    }

    private Bus(SocketChannel channel, Partner partner) {
        this.channel = channel;
        this.partner = partner;
    }

    /** Hears signals, by the thread that reads: it must not block, nor call. */
    public interface SignalListener {
        void heard(Signal signal);

        /** The last that it hears, unless it was closed before. */
        void lost(BusLost why);
    }

    /** Somebody who listens. Closing it does not wait for the bus. */
    public final class Subscription implements AutoCloseable {
        private final SignalMatch match;
        private final SignalListener listener;

        private Subscription(SignalMatch match, SignalListener listener) {
            this.match = match;
            this.listener = listener;
        }

        @Override
        public void close() {
            if (subscriptions.remove(this) && partner == Partner.BUS && !loss.isDone()) {
                send(daemon("RemoveMatch", "s", match.rule()));
            }
        }
    }

    /** Connects, and logs in. */
    public static Bus connect(Path socket, Partner partner)
            throws IOException, InterruptedException {
        return connect(socket, partner, LOGIN_PATIENCE);
    }

    static Bus connect(Path socket, Partner partner, Duration loginPatience)
            throws IOException, InterruptedException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Bus bus = new Bus(channel, partner);
        boolean connected = false;
        try {
            Login.at(socket, channel, loginPatience);
            Thread.ofVirtual().name("reads from " + socket).start(bus::read);
            Thread.ofVirtual().name("writes to " + socket).start(bus::write);
            if (partner == Partner.BUS) {
                bus.call(daemon("Hello", ""));
            }
            connected = true;
            return bus;
        } finally {
            if (!connected) {
                bus.close();
            }
        }
    }

    public Partner partner() {
        return partner;
    }

    public boolean alive() {
        return !loss.isDone();
    }

    /**
     * Calls and waits for the answer.
     *
     * @throws BusError if that is an error
     * @throws BusLost if none will come
     */
    public List<Object> call(Call call) throws IOException, InterruptedException {
        CompletableFuture<Message> answer = new CompletableFuture<>();
        long serial = send(call, answer);
        try {
            Message message = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (message.kind() == Message.Kind.ERROR) {
                Object first = message.body().isEmpty() ? "" : message.body().getFirst();
                throw new BusError(message.text(Field.ERROR_NAME), first.toString());
            }
            return message.body();
        } catch (TimeoutException e) {
            throw new IOException(
                    call.destination()
                            + " did not answer "
                            + call.member()
                            + " within "
                            + PATIENCE.toSeconds()
                            + " s",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BusLost lost
                    ? new BusLost(String.valueOf(lost.getMessage()))
                    : new IOException(e.getCause());
        } finally {
            waiting.remove(serial);
        }
    }

    /** From when this returns no signal of these goes unheard. */
    public Subscription listen(SignalMatch match, SignalListener listener)
            throws IOException, InterruptedException {
        Subscription made = new Subscription(match, listener);
        subscriptions.add(made);
        boolean heard = false;
        try {
            if (partner == Partner.BUS) {
                call(daemon("AddMatch", "s", match.rule()));
            }
            if (loss.isDone()) {
                throw new BusLost(String.valueOf(loss.join().getMessage()));
            }
            heard = true;
            return made;
        } finally {
            if (!heard) {
                subscriptions.remove(made);
            }
        }
    }

    public void close() {
        lose(new BusLost("the connection to the bus was closed"));
    }

    private static Call daemon(String member, String signature, Object... arguments) {
        return new Call(DAEMON, DAEMON_PATH, DAEMON, member, signature, List.of(arguments));
    }

    private void send(Call call) {
        try {
            send(call, new CompletableFuture<>());
        } catch (IOException e) {
            // It is closed, and with it everything that was asked of it.
        }
    }

    private long send(Call call, CompletableFuture<Message> answer) throws IOException {
        Map<Field, String> header = new EnumMap<>(Field.class);
        header.put(Field.PATH, call.path());
        header.put(Field.INTERFACE, call.face());
        header.put(Field.MEMBER, call.member());
        if (partner == Partner.BUS) {
            header.put(Field.DESTINATION, call.destination());
        }
        long serial = 1 + serials.getAndIncrement() % 0xffff_fffeL;
        byte[] bytes = Message.call(serial, header, call.signature(), call.arguments());
        waiting.put(serial, answer);
        outgoing.add(bytes);
        if (loss.isDone()) {
            answer.completeExceptionally(loss.join());
        }
        return serial;
    }

    private void write() {
        try {
            while (alive()) {
                ByteBuffer bytes = ByteBuffer.wrap(outgoing.take());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        } catch (IOException | InterruptedException e) {
            lose(new BusLost("the connection to the bus was lost: " + e));
        }
    }

    private void read() {
        try {
            while (alive()) {
                dispatch(next());
            }
        } catch (EOFException e) {
            lose(new BusLost("the bus closed the connection"));
        } catch (ProtocolFault e) {
            lose(new BusLost(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            lose(new BusLost("the connection to the bus was lost: " + e));
        }
    }

    private Message next() throws IOException {
        ByteBuffer fixed = ByteBuffer.allocate(Message.FIXED_BYTES);
        fill(fixed);
        int length = Message.length(fixed);
        ByteBuffer whole = ByteBuffer.allocate(length).put(fixed.rewind());
        fill(whole);
        return Message.read(whole.rewind());
    }

    private void fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
    }

    private void dispatch(Message message) {
        switch (message.kind()) {
            case METHOD_RETURN, ERROR -> {
                CompletableFuture<Message> answer = waiting.remove(message.replySerial());
                if (answer != null) {
                    answer.complete(message);
                }
            }
            case SIGNAL -> {
                Signal signal =
                        new Signal(
                                message.text(Field.PATH),
                                message.text(Field.INTERFACE),
                                message.text(Field.MEMBER),
                                message.body());
                for (Subscription subscription : subscriptions) {
                    if (subscription.match.fits(signal)) {
                        subscription.listener.heard(signal);
                    }
                }
            }
            case METHOD_CALL, OTHER -> {
                // Nothing is served here; whoever calls all the same runs into its time limit.
            }
        }
    }

    private void lose(BusLost why) {
        if (!loss.complete(why)) {
            return;
        }
        outgoing.add(new byte[0]);
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
        waiting.values().forEach(answer -> answer.completeExceptionally(why));
        for (Subscription subscription : subscriptions) {
            subscription.listener.lost(why);
        }
    }
}
