package dev.mgmt.remote.agent;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.remote.wire.EventLine;
import dev.mgmt.remote.wire.LastWord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes events as lines for the laptop, from a thread of its own: a link that stands still must
 * not hold up the engine. What does not fit while it does is dropped, and how much that was is told
 * afterwards.
 */
final class EventLog implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final OutputStream out;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final Thread writer;
    private long dropped;
    private boolean closed;

    EventLog(OutputStream out) {
        this.out = out;
        this.writer = Thread.ofPlatform().daemon().name("events").start(this::write);
    }

    void tell(EngineEvent event) {
        tell(EventLine.text(event));
    }

    private void tell(String text) {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (waiting) {
            if (closed || waiting.size() >= MOST_WAITING) {
                dropped++;
                return;
            }
            waiting.addLast(line);
            waiting.notifyAll();
        }
    }

    /**
     * Says this last and closes the stream: the laptop, which may be there after all, hears of the
     * end only when output and errors are both closed. What is told from now on is dropped.
     */
    void hangUp(LastWord word) {
        lastWord(word);
        close();
        try {
            out.close();
        } catch (IOException e) {
            // Nobody was there to hear it.
        }
    }

    /** Told after everything else. */
    void lastWord(LastWord word) {
        tell(word.line());
    }

    void notice(String text) {
        tell(new EngineEvent.Notice(text));
    }

    private void write() {
        try {
            for (byte[] line = next(); line.length > 0; line = next()) {
                out.write(line);
            }
        } catch (IOException e) {
            // Nobody listens any more. The store's connection tells that too, and what to do then.
            synchronized (waiting) {
                closed = true;
                waiting.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty when there will be no more. */
    private byte[] next() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty()) {
                if (dropped > 0) {
                    String lost = dropped + " events were too many to send";
                    dropped = 0;
                    return (EventLine.text(new EngineEvent.Notice(lost)) + "\n")
                            .getBytes(StandardCharsets.UTF_8);
                }
                if (closed) {
                    return new byte[0];
                }
                waiting.wait();
            }
            return waiting.removeFirst();
        }
    }

    /** What was told before is written, unless the link stands still. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
            waiting.notifyAll();
        }
        try {
            writer.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
