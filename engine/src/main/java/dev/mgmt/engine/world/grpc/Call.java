package dev.mgmt.engine.world.grpc;

import dev.mgmt.engine.world.http2.Connection;
import dev.mgmt.engine.world.http2.ErrorCode;
import dev.mgmt.engine.world.http2.Exchange;
import dev.mgmt.engine.world.http2.Header;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One call under way. Its receiver is told of its end once, unless it is cancelled. */
public final class Call implements Exchange.Listener {
    private final Receiver receiver;
    private final Assembly assembly;
    private final ReentrantLock sending = new ReentrantLock();

    /** Null until it was opened. */
    private volatile @Nullable Exchange exchange;

    /** From the headers; for the reader alone. */
    private @Nullable String httpStatus;

    private @Nullable Status status;

    /** Why it ended before its own end; who sends is told. */
    private volatile @Nullable Status cut;

    Call(Receiver receiver, int longestMessage) {
        this.receiver = receiver;
        this.assembly = new Assembly(longestMessage);
    }

    void open(Connection connection, List<Header> headers) throws CallFailed, InterruptedException {
        try {
            exchange = connection.open(headers, this);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Blocks while the other end takes no more. If it is interrupted then, the call is over, as
     * nothing can follow half a message.
     */
    public void send(byte[] message) throws CallFailed, InterruptedException {
        sending.lockInterruptibly();
        try {
            opened().send(Assembly.framed(message));
        } catch (IOException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            cancel();
            end(new Status(Status.Code.CANCELLED, "interrupted while sending"));
            throw e;
        } finally {
            sending.unlock();
        }
    }

    void sendLast(byte[] message) throws CallFailed, InterruptedException {
        try {
            opened().sendLast(Assembly.framed(message));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private CallFailed failed(IOException e) {
        Status known = cut;
        return new CallFailed(known == null ? unavailable(e) : known, e);
    }

    private static Status unavailable(IOException e) {
        return new Status(Status.Code.UNAVAILABLE, String.valueOf(e.getMessage()));
    }

    /** The receiver has done with a message of this length. */
    public void consumed(int octets) {
        opened().consumed(octets);
    }

    /** Ends it without another word to the receiver. */
    public void cancel() {
        opened().cancel();
    }

    private Exchange opened() {
        Exchange opened = exchange;
        if (opened == null) {
            throw new IllegalStateException("a call is used before it was opened");
        }
        return opened;
    }

    /** Headers first, trailers last; trailers alone if there is nothing to say but the outcome. */
    @Override
    public void headers(List<Header> headers) {
        boolean first = httpStatus == null;
        String code = null;
        String message = "";
        for (Header header : headers) {
            switch (header.name()) {
                case ":status" -> httpStatus = header.value();
                case "grpc-status" -> code = header.value();
                case "grpc-message" -> message = PercentDecoding.decode(header.value());
                default -> {}
            }
        }
        if (code != null) {
            status = new Status(Status.Code.of(code), message);
        } else if (first && httpStatus != null && !httpStatus.equals("200")) {
            status = Status.ofHttp(httpStatus);
        }
    }

    /**
     * A part of a message is granted anew as it comes, so that a message may be larger than the
     * window; once it is whole it counts until it was consumed.
     */
    @Override
    public void data(Exchange open, byte[] bytes, int from, int to) {
        open.consumed(to - from);
        try {
            int at = from;
            while (at < to) {
                at = assembly.take(bytes, at, to);
                if (assembly.isWhole()) {
                    byte[] message = assembly.remove();
                    open.retained(message.length);
                    receiver.message(message);
                }
            }
        } catch (Assembly.Malformed e) {
            open.cancel();
            end(new Status(Status.Code.INTERNAL, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void finished() {
        Status told = status;
        if (told == null) {
            told =
                    new Status(
                            Status.Code.INTERNAL, "the other end ended a call without its outcome");
        } else if (told.code() == Status.Code.OK && !assembly.isEmpty()) {
            told = new Status(Status.Code.INTERNAL, "the other end ended a call within a message");
        }
        end(told);
    }

    @Override
    public void reset(ErrorCode code) {
        end(Status.ofReset(code));
    }

    @Override
    public void lost(IOException cause) {
        end(unavailable(cause));
    }

    private void end(Status how) {
        cut = how;
        receiver.ended(how);
    }
}
