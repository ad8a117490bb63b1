package dev.mgmt.remote.launch;

import dev.mgmt.remote.host.HostException;
import dev.mgmt.remote.host.Printable;
import dev.mgmt.remote.host.ScriptRun;
import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.remote.wire.LastWord;
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

    private static final int LAST_WORD_SHOWN = 500;

    private final ScriptRun run;
    private final AgentVoice voice;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Socket connection;

    private AgentLink(ScriptRun run, AgentVoice voice, String host) {
        this.run = run;
        this.voice = voice;
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
        return new AgentLink(run, voice, parameters.host());
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
    public AgentEnd ending() throws InterruptedException {
        String why = run.ending();
        Optional<LastWord> word = voice.lastWord();
        if (word.isPresent()) {
            String detail = Printable.of(word.get().detail(), LAST_WORD_SHOWN);
            return switch (word.get().reason()) {
                case TAKEN_OVER -> new AgentEnd.TakenOver(detail);
                case LAPTOP_LOST -> new AgentEnd.LinkLost(detail);
                case TERMINATED -> new AgentEnd.Died(detail);
            };
        }
        return run.hasEnded() ? new AgentEnd.Died(why) : new AgentEnd.LinkLost(why);
    }

    @Override
    public void close() {
        run.close();
    }
}
