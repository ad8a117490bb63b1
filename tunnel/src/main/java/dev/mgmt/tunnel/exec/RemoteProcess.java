package dev.mgmt.tunnel.exec;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A command on the far side. Its streams block; closing the process closes its channel and ends all
 * three.
 */
public interface RemoteProcess extends AutoCloseable {
    /**
     * To the command. Unbuffered beyond the SSH window: a write reaches the wire without a flush of
     * more.
     */
    OutputStream stdin();

    InputStream stdout();

    InputStream stderr();

    /**
     * Waits for the command's end; {@link Ending.Vanished} when the time is up or the link went
     * first.
     */
    Ending await(Duration atMost) throws InterruptedException;

    @Override
    void close();
}
