package dev.mgmt.cli.image;

import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds {@code target/mgmt}: the laptop's image, with the agent's image for hosts of this platform
 * inside.
 *
 * <pre>
 * bin/mgmt                  finds its image and becomes the native launcher
 * lib/runtime/bin/mgmt      the launcher: a native process named mgmt
 * lib/runtime               Java, trimmed to the modules in use
 * lib/app/*.jar             the program and its libraries; of an agent one jar with what it can reach
 * lib/mgmt.aot              classes as they are in memory, so that starting costs little
 * lib/images/PLATFORM/      laptop only, what hosts get: agent.tar.gz, agent.tar.zst, image.properties
 * </pre>
 */
public final class ImageBuilder {
    private static final Program AGENT =
            new Program(
                    "dev.mgmt.remote.agent.AgentMain",
                    List.of("java.base"),
                    // C1 alone: an agent that lives for seconds never earns back what C2 costs.
                    List.of(
                            "-XX:TieredStopAtLevel=1",
                            "-Xms12m",
                            "-Xss512k",
                            "-XX:ReservedCodeCacheSize=24m"),
                    "");

    private static final Program LAPTOP =
            new Program(
                    "dev.mgmt.cli.Main",
                    List.of(
                            "java.base",
                            "java.logging",
                            "java.management",
                            "jdk.httpserver",
                            "jdk.net",
                            "jdk.unsupported"),
                    // The store server's protocol library uses what Java will take away one
                    // day; nobody needs to be warned of it at every start.
                    List.of("-Xms32m", "-Xss512k", "--sun-misc-unsafe-memory-access=allow"),
                    // Kinds in jars of others. Behind ours, so that the start-up cache still fits.
                    "${MGMT_KINDS:+:$MGMT_KINDS}");

    private final Path jars;
    private final Path target;

    private ImageBuilder(Path jars, Path target) {
        this.jars = jars;
        this.target = target;
    }

    /**
     * @param arguments the directory with all jars of the program, the directory to build in, the
     *     launcher's template
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String template = Files.readString(Path.of(arguments[2]));
        Path target = Path.of(arguments[1]).toAbsolutePath();
        new ImageBuilder(Path.of(arguments[0]), target).buildUnlessThere(template);
    }

    /** An image is a function of its jars, its template, this builder and this Java. */
    private void buildUnlessThere(String template) throws IOException, InterruptedException {
        Path made = target.resolve("image-made-of");
        String inputs = Inputs.digest(jars(), template, ImageBuilder.class);
        if (Files.exists(made) && Files.readString(made).equals(inputs)) {
            System.out.println("image: made of the same before");
            return;
        }
        Files.deleteIfExists(made);
        build(template);
        Files.writeString(made, inputs);
    }

    private void build(String template) throws IOException, InterruptedException {
        Path agentHome = target.resolve("agent");
        Path laptopHome = target.resolve("mgmt");
        Trees.delete(agentHome);
        Trees.delete(laptopHome);

        Path agentJar = agentHome.resolve("lib/app/agent.jar");
        Files.createDirectories(agentJar.getParent());
        Jars.write(agentJar, new ClassClosure(jars()).reachableFrom(List.of(AGENT.mainClass())));
        ImageHome agent = new ImageHome(agentHome, AGENT, List.of(agentJar));
        agent.assemble(template);
        new Rehearsal(agent, List.of()).of(new AgentRehearsal());
        System.out.println(HostImage.write(agentHome, laptopHome));

        Path app = Files.createDirectories(laptopHome.resolve("lib/app"));
        for (Path jar : jars()) {
            Jars.copy(jar, app.resolve(jar.getFileName()));
        }
        ImageHome laptop = new ImageHome(laptopHome, LAPTOP, sorted(app));
        laptop.assemble(template);
        new Rehearsal(laptop, LaptopRehearsal.OPTIONS).of(new LaptopRehearsal(agentHome));
    }

    private List<Path> jars() throws IOException {
        return sorted(jars);
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
