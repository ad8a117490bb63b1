package dev.mgmt.remote;

import dev.mgmt.tunnel.LoopbackSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Hosts of this machine with a cache of their own each, and an inventory of them. */
public final class LoopbackHosts implements AutoCloseable {
    /**
     * For an sshd's SetEnv. A shell that sshd starts reads the user's start-up files only if it is
     * the first: this machine's user may have much in them, and all hosts would do it at once.
     */
    public static final String BARE_SHELL = "SHLVL=1";

    private final Path directory;
    private final List<LoopbackSshd> servers = new ArrayList<>();

    private LoopbackHosts(Path directory) {
        this.directory = directory;
    }

    /**
     * @param directory the caller's: inventory, graphs and caches lie in it
     * @param graph the text of each host's graph, from 0
     */
    public static LoopbackHosts start(Path directory, int count, IntFunction<String> graph)
            throws IOException {
        LoopbackHosts hosts = new LoopbackHosts(directory);
        try {
            hosts.start(count, graph);
            return hosts;
        } catch (Throwable e) {
            hosts.close();
            throw e;
        }
    }

    private void start(int count, IntFunction<String> graph) throws IOException {
        StringBuilder inventory = new StringBuilder("hosts:\n");
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Path cache = Files.createDirectories(directory.resolve("cache" + i));
            LoopbackSshd server =
                    LoopbackSshd.start("SetEnv MGMT_CACHE=" + cache + " " + BARE_SHELL);
            servers.add(server);
            known.append(Files.readString(server.knownHosts()));
            Files.writeString(directory.resolve("g" + i + ".yaml"), graph.apply(i));
            inventory.append(
                    "  h%d: {address: %s, port: %d, user: %s, identity: %s, graph: g%d.yaml}\n"
                            .formatted(
                                    i,
                                    server.address(),
                                    server.port(),
                                    server.user(),
                                    server.clientKey(),
                                    i));
        }
        Files.writeString(inventory(), inventory);
        Files.writeString(knownHosts(), known);
    }

    /** From 0, as in the inventory. */
    public LoopbackSshd server(int host) {
        return servers.get(host);
    }

    /** Words behind {@code mgmt}, to which options may be added. */
    public List<String> remote() {
        return List.of("remote", inventory().toString(), "--known-hosts", knownHosts().toString());
    }

    private Path inventory() {
        return directory.resolve("hosts.yaml");
    }

    private Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    @Override
    public void close() {
        servers.forEach(LoopbackSshd::close);
    }
}
