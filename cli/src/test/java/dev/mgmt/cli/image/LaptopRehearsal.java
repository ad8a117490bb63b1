package dev.mgmt.cli.image;

import dev.mgmt.remote.LoopbackHosts;
import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The laptop's jobs: {@code mgmt run}, and {@code mgmt remote} on hosts of this machine, first with
 * a copy of an image and then again and again without. Where there is no sshd it is the first
 * alone; the image works all the same, its first connection then takes some tenths of a second
 * longer.
 */
final class LaptopRehearsal implements Rehearsal.MainJob {
    /**
     * The program later compiles its methods as it did here, and what it did not compile here as it
     * finds best. A run is too short for the second compiler to earn back what it costs; only
     * ciphers, of which it makes machine instructions, need it: they are left out here.
     */
    static final List<String> OPTIONS =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:CompileCommand=quiet",
                    "-XX:CompileCommand=exclude,com.sun.crypto.provider.*::*");

    private static final int HOSTS = 5;

    /** As often as it takes until most of what a host needs is compiled. */
    private static final int RUNS = 6;

    private final Path agentHome;

    LaptopRehearsal(Path agentHome) {
        this.agentHome = agentHome;
    }

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

    private void remote(List<String> command, Path directory, Path graph)
            throws IOException, InterruptedException {
        try (LoopbackHosts hosts =
                LoopbackHosts.start(directory, HOSTS, _ -> RehearsalGraph.below(directory))) {
            List<String> words =
                    with(command, "several", "run", graph.toString(), "--converged-timeout", "0");
            for (int i = 0; i < RUNS; i++) {
                words.add(",");
                words.addAll(hosts.remote());
                words.addAll(List.of("--converged-timeout", "0"));
            }
            Collections.replaceAll(
                    words, home(command), "-Dmgmt.home=" + standIn(directory.resolve("home")));
            Commands.run(words);
        }
    }

    private static String home(List<String> command) {
        return command.stream()
                .filter(word -> word.startsWith("-Dmgmt.home="))
                .findFirst()
                .orElseThrow();
    }

    /**
     * A laptop's home with an image of next to nothing, which starts the agent from where it was
     * built: interpreted ciphers would take minutes to copy the real one.
     */
    private Path standIn(Path home) throws IOException {
        Path image = home.resolve("agent");
        Path program = Files.createDirectories(image.resolve("bin")).resolve("mgmt");
        Files.writeString(
                program, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(agentHome.resolve("bin/mgmt")));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var _ = HostImage.write(image, home);
        return home;
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }
}
