package dev.mgmt.engine.world.grpc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one message that answers a unary call, for the thread that waits for it. */
final class Answer implements Receiver {
    private byte @Nullable [] message;
    private int count;
    private @Nullable Status status;

    @Override
    public synchronized void message(byte[] received) {
        message = received;
        count++;
    }

    @Override
    public synchronized void ended(Status how) {
        status = how;
        notifyAll();
    }

    synchronized byte[] await(Duration limit) throws CallFailed, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (status == null) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw failed(
                        Status.Code.DEADLINE_EXCEEDED, "no answer in " + limit.toSeconds() + " s");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (status.code() != Status.Code.OK) {
            throw new CallFailed(status, null);
        }
        if (message == null || count != 1) {
            throw failed(Status.Code.INTERNAL, "a call was answered with " + count + " messages");
        }
        return message;
    }

    private static CallFailed failed(Status.Code code, String message) {
        return new CallFailed(new Status(code, message), null);
    }
}
