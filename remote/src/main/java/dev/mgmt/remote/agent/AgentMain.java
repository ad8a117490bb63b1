package dev.mgmt.remote.agent;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.etcd.EtcdWorld;
import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.remote.wire.BoundedLines;
import dev.mgmt.remote.wire.MalformedMessage;
import dev.mgmt.tunnel.forward.StreamSocket;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code mgmt agent}: what the launcher runs on a host. Standard input brings one line of
 * parameters and is from then on, with standard output, the connection to the store; standard error
 * carries events. Nothing else may write to standard output.
 */
public final class AgentMain {
    /** From the end of what runs to the end of the process. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(5);

    private AgentMain() {}

    /** Never returns: the process ends as soon as its last message is out. */
    public static void main(String[] args) throws InterruptedException {
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        FileOutputStream err = new FileOutputStream(FileDescriptor.err);
        System.setOut(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setIn(InputStream.nullInputStream());
        // The transport library tries TLS out when it is loaded, and would read every certificate
        // authority of the system for it: half of its start. Nothing here speaks TLS.
        System.setProperty("javax.net.ssl.trustStore", "NONE");
        int status = run(in, out, err);
        closeAll(in, out, err);
        // No hooks: they would wait for what has just ended.
        Runtime.getRuntime().halt(status);
    }

    private static int run(InputStream in, OutputStream out, OutputStream err)
            throws InterruptedException {
        try (EventLog events = new EventLog(err)) {
            try {
                AgentParameters parameters = parameters(in);
                out.write(ready(parameters));
                out.flush();
                serve(parameters, StreamSocket.over(in, out, "laptop", () -> {}), events);
                return 0;
            } catch (IOException e) {
                events.notice("the agent lost its laptop: " + e.getMessage());
                return 1;
            } catch (MalformedMessage e) {
                events.notice("the agent's parameters are wrong: " + e.getMessage());
                return 1;
            }
        }
    }

    private static AgentParameters parameters(InputStream in) throws IOException, MalformedMessage {
        Optional<BoundedLines.Line> line = new BoundedLines(in, AgentParameters.LONGEST).next();
        return AgentParameters.read(line.isPresent() ? line.get().text() : "");
    }

    private static byte[] ready(AgentParameters parameters) {
        return ("mgmt " + parameters.nonce() + " ready\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void serve(AgentParameters parameters, Socket connection, EventLog events)
            throws InterruptedException {
        try (World world = EtcdWorld.over(connection)) {
            Agent agent = new Agent(parameters, world, events);
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> terminate(agent, ended)));
            try {
                agent.run();
            } finally {
                removeMarker(Path.of(parameters.marker()), events);
                // Before the connection goes: its end is what the laptop waits for.
                events.close();
                ended.countDown();
            }
        }
    }

    private static void terminate(Agent agent, CountDownLatch ended) {
        Duration time = agent.terminate().plus(LAST_STEPS);
        try {
            if (!ended.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeMarker(Path marker, EventLog events) {
        try {
            Files.deleteIfExists(marker);
        } catch (IOException e) {
            events.notice("cannot remove " + marker + ": " + e.getMessage());
        }
    }

    /**
     * sshd tells the laptop of the end only when output and errors are both closed, and the process
     * may take a third of a second longer to go.
     */
    private static void closeAll(InputStream in, OutputStream out, OutputStream err) {
        try (in;
                out;
                err) {
            err.flush();
        } catch (IOException e) {
            // Nobody is there to be told, and the process ends anyway.
        }
    }
}
