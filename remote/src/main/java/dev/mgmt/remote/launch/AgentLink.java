package dev.mgmt.remote.launch;

import dev.mgmt.remote.host.HostException;
import dev.mgmt.remote.host.ScriptRun;
import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.tunnel.forward.StreamSocket;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * An agent that has answered. Its standard input and output are from here on the store's
 * connection; it is told to end through the store, so that nothing else ever has to be said over
 * them. The end of that connection is the agent's last word: nobody waits for its process.
 */
public final class AgentLink implements AutoCloseable {
    private static final String WHAT = "The agent does not start";
    private static final String ADVICE =
            "Run the agent's program on the host by hand to see why; with --clean the next run"
                    + " brings a fresh image.";

    private final ScriptRun run;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Socket connection;

    private AgentLink(ScriptRun run, String host) {
        this.run = run;
        this.connection = StreamSocket.over(run.rest(), run.stdin(), host, ended::countDown);
    }

    /**
     * Tells a starting agent its parameters and waits until it is ready.
     *
     * @param voice what {@code run} hands its standard error to
     */
    public static AgentLink open(ScriptRun run, AgentParameters parameters, AgentVoice voice)
            throws HostException, InterruptedException {
        try {
            run.stdin().write((parameters.line() + "\n").getBytes(StandardCharsets.UTF_8));
            run.stdin().flush();
        } catch (IOException e) {
            throw run.silence(WHAT, ADVICE);
        }
        if (!run.answer().equals(Optional.of("ready"))) {
            throw run.silence(WHAT, ADVICE);
        }
        voice.begin();
        run.mayTakeItsTime();
        return new AgentLink(run, parameters.host());
    }

    /** To be served with the store, once. Ends when either side closes it. */
    public Socket connection() {
        return connection;
    }

    /** Until the connection has ended. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Why the connection ended although nobody asked for it. */
    public HostException ending() throws InterruptedException {
        return run.silence(
                "The agent is gone",
                "Run it again: what has been done stays, and the rest is taken up.");
    }

    @Override
    public void close() {
        run.close();
    }
}
