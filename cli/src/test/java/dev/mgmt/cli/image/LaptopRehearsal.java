package dev.mgmt.cli.image;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The laptop's jobs: {@code mgmt run}, and {@code mgmt remote} on a host of this machine. Where
 * there is no sshd it is the first alone; the image works all the same, its first connection then
 * takes some tenths of a second longer.
 */
final class LaptopRehearsal implements Rehearsal.MainJob {
    @Override
    public void run(List<String> command) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("mgmt-rehearsal");
        try {
            Path graph = directory.resolve("graph.yaml");
            Files.writeString(graph, RehearsalGraph.below(directory));
            if (LoopbackSshd.isInstalled()) {
                remote(command, directory, graph);
            } else {
                System.out.println(
                        "no sshd here: the laptop's start-up cache is made without a connection");
                Commands.run(with(command, "run", graph.toString(), "--converged-timeout", "0"));
            }
        } finally {
            Trees.delete(directory);
        }
    }

    private static void remote(List<String> command, Path directory, Path graph)
            throws IOException, InterruptedException {
        Path cache = Files.createDirectories(directory.resolve("cache"));
        try (LoopbackSshd server = LoopbackSshd.start("SetEnv MGMT_CACHE=" + cache)) {
            Path hosts = directory.resolve("hosts.yaml");
            Files.writeString(
                    hosts,
                    "hosts: {h1: {address: %s, port: %d, user: %s, identity: %s, graph: graph.yaml}}\n"
                            .formatted(
                                    server.address(),
                                    server.port(),
                                    server.user(),
                                    server.clientKey()));
            Commands.run(
                    with(
                            command,
                            "several",
                            "run",
                            graph.toString(),
                            "--converged-timeout",
                            "0",
                            ",",
                            "remote",
                            hosts.toString(),
                            "--known-hosts",
                            server.knownHosts().toString(),
                            "--converged-timeout",
                            "0"));
        }
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }
}
