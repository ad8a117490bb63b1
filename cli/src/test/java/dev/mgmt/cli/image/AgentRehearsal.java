package dev.mgmt.cli.image;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.remote.wire.FleetValue;
import dev.mgmt.tunnel.Trees;
import dev.mgmt.tunnel.etcd.EmbeddedStore;
import dev.mgmt.tunnel.etcd.Rights;
import dev.mgmt.tunnel.etcd.StoreAccess;
import dev.mgmt.tunnel.etcd.StoreServer;
import dev.mgmt.tunnel.etcd.Visitor;
import dev.mgmt.tunnel.forward.StreamSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An agent's main job without a network: the store at the other end of its pipes, and a graph that
 * uses every kind.
 */
final class AgentRehearsal implements Rehearsal.MainJob {
    private static final String HOST = "rehearsal";
    private static final String RUN = "r1";
    private static final String NONCE = "n1";

    @Override
    public void run(List<String> command) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("mgmt-rehearsal");
        try (EmbeddedStore store = new EmbeddedStore();
                StoreServer server = new StoreServer(store)) {
            put(store, StoreKeys.FLEET, new FleetValue(RUN, FleetValue.Phase.RUNNING).text());
            put(store, StoreKeys.graph(HOST), graph(directory));
            Process agent =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            converse(agent, directory, store, server);
        } finally {
            Trees.delete(directory);
        }
    }

    private static void converse(
            Process agent, Path directory, EmbeddedStore store, StoreServer server)
            throws IOException, InterruptedException {
        OutputStream toAgent = agent.getOutputStream();
        InputStream fromAgent = agent.getInputStream();
        AgentParameters parameters =
                new AgentParameters(
                        HOST,
                        RUN,
                        NONCE,
                        Enforcement.APPLY,
                        Duration.ZERO,
                        "rehearsal",
                        AgentParameters.Arrival.FIRST,
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        directory.resolve("marker").toString(),
                        directory.resolve("state").toString());
        toAgent.write((parameters.line() + "\n").getBytes(StandardCharsets.UTF_8));
        toAgent.flush();
        String answer = line(fromAgent);
        if (!answer.equals("mgmt " + NONCE + " ready")) {
            throw new IllegalStateException("the agent answered " + answer);
        }
        CountDownLatch idle = new CountDownLatch(1);
        // Ends with the store.
        store.watch(StoreKeys.status(HOST), 1, whenIdle(idle));
        server.serve(
                StreamSocket.over(fromAgent, toAgent, HOST, () -> {}),
                new Visitor(HOST, () -> Rights.ALL, what -> {}));
        require(idle.await(60, TimeUnit.SECONDS), "the agent does not come to rest");
        Files.delete(directory.resolve("file"));
        put(store, StoreKeys.FLEET, new FleetValue(RUN, FleetValue.Phase.ENDING).text());
        require(agent.waitFor(60, TimeUnit.SECONDS), "the agent does not end");
    }

    private static StoreAccess.Listener whenIdle(CountDownLatch idle) {
        return (revision, changes) -> {
            for (StoreAccess.Change change : changes) {
                if (change.value().orElse("").contains("\"idle\"")) {
                    idle.countDown();
                }
            }
        };
    }

    /** To the end of a line and not a byte further: what follows is the store's protocol. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        return line.toString();
    }

    private static void put(EmbeddedStore store, String key, String value) {
        store.write(List.of(new StoreAccess.Put(key, Optional.of(value))));
    }

    private static void require(boolean fact, String otherwise) {
        if (!fact) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Failing is trained too: what it takes should not be loaded when a host is in trouble. */
    private static String graph(Path directory) {
        return RehearsalGraph.below(directory)
                .replace(
                        "collect:",
                        "  - name: %s/no/such/parent\n    content: x\ncollect:"
                                .formatted(directory));
    }
}
