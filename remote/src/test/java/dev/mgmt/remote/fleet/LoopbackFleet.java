package dev.mgmt.remote.fleet;

import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.remote.agent.AgentMain;
import dev.mgmt.remote.host.TestImage;
import dev.mgmt.remote.image.AgentImages;
import dev.mgmt.remote.inventory.HostSpec.Become;
import dev.mgmt.remote.inventory.Inventory;
import dev.mgmt.remote.inventory.InventoryOptions;
import dev.mgmt.remote.inventory.InventoryReader;
import dev.mgmt.remote.inventory.InventoryReading;
import dev.mgmt.remote.push.GraphWatch;
import dev.mgmt.remote.reach.Reach;
import dev.mgmt.remote.reach.ReachFinding;
import dev.mgmt.remote.reach.SshOptions;
import dev.mgmt.tunnel.LeftThreads;
import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.config.ClientProgram;
import dev.mgmt.tunnel.config.ClientResolver;
import dev.mgmt.tunnel.config.ConfigFile;
import dev.mgmt.tunnel.config.PlainResolver;
import dev.mgmt.tunnel.config.Resolver;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import dev.mgmt.tunnel.net.FarHost;
import dev.mgmt.tunnel.sshj.SshjTunnels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Hosts on this machine, each with a real sshd and a cache of its own, and an image whose program
 * is this build's agent on this test's Java: everything between laptop and agent is real.
 */
final class LoopbackFleet implements AutoCloseable {
    private static final int BALLAST = 1_000_000;

    private final Path directory;
    private final AgentImages images;
    private final Map<String, LoopbackSshd> servers = new LinkedHashMap<>();
    private final List<String> hostLines = new ArrayList<>();
    private final List<Path> knownHosts = new ArrayList<>();
    private final List<Process> laptops = new ArrayList<>();
    private final SshjTunnels tunnels = new SshjTunnels();
    private String defaults = "";
    private Resolver resolver;
    private Pace pace = Pace.USUAL;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Optional<Supplier<char[]>> becomePassword = Optional.empty();

    private final InventoryReader reader =
            new InventoryReader(new GraphReader(KindCatalog.installed().kinds()));

    /** What a run that is over has left behind of its threads. */
    static List<String> leftThreads() throws IOException, InterruptedException {
        return LeftThreads.named(
                "fleet", "host ", "edits", "deadlines", "stderr of", "store-", "ssh");
    }

    LoopbackFleet(Path directory) throws IOException, InterruptedException {
        this(directory, AgentMain.class);
    }

    /**
     * @param agent its main method runs on every host
     */
    LoopbackFleet(Path directory, Class<?> agent) throws IOException, InterruptedException {
        this(directory, agent, classPath());
    }

    /**
     * @param classPath of the agent
     */
    LoopbackFleet(Path directory, Class<?> agent, String classPath)
            throws IOException, InterruptedException {
        this.directory = directory;
        this.resolver = new PlainResolver(directory, _ -> null);
        String program = program(agent, classPath);
        this.images = TestImage.in(directory.resolve("laptop"), "d1", program, BALLAST);
    }

    static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String program(Class<?> agent, String classPath) {
        return "#!/bin/sh\nexec '"
                + System.getProperty("java.home")
                + "/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m --sun-misc-unsafe-memory-access=allow -cp '"
                + classPath
                + "' "
                + agent.getName()
                + " \"$@\"\n";
    }

    /** From now on what is sent ends too early. */
    void breakArchive() throws IOException {
        for (Path archive : images.all().getFirst().archives().values()) {
            byte[] whole = Files.readAllBytes(archive);
            Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
        }
    }

    /** A host that takes us, and its graph. */
    LoopbackSshd host(String name, String graph, String... sshdConfig) throws IOException {
        LoopbackSshd sshd = server(name, sshdConfig);
        knownHosts.add(sshd.knownHosts());
        add(name, sshd.port(), sshd.clientKey(), graph);
        return sshd;
    }

    /** A host that was never seen before. */
    void strangeHost(String name, String graph) throws IOException {
        LoopbackSshd sshd = server(name);
        add(name, sshd.port(), sshd.clientKey(), graph);
    }

    /** A host that does not know our key. */
    void unwillingHost(String name, String graph) throws IOException {
        LoopbackSshd sshd = server(name);
        knownHosts.add(sshd.knownHosts());
        Path other = directory.resolve(name + "-key");
        LoopbackSshd.generateKey(other, "-t", "ed25519");
        add(name, sshd.port(), other, graph);
    }

    /** A host where nothing listens. */
    void deadHost(String name, String graph) throws IOException {
        LoopbackSshd sshd = server(name);
        knownHosts.add(sshd.knownHosts());
        add(name, sshd.port(), sshd.clientKey(), graph);
        sshd.kill();
    }

    /** A host that shows another key than the one it is known by. */
    void changedHost(String name, String graph) throws IOException {
        LoopbackSshd sshd = server(name);
        Path other = directory.resolve(name + "-former");
        LoopbackSshd.generateKey(other, "-t", "ed25519");
        Path known = directory.resolve(name + "-known_hosts");
        Files.writeString(
                known,
                "[%s]:%d %s"
                        .formatted(
                                sshd.address(),
                                sshd.port(),
                                Files.readString(Path.of(other + ".pub"))));
        knownHosts.add(known);
        add(name, sshd.port(), sshd.clientKey(), graph);
    }

    /** A port of this machine that the test itself listens on. */
    void port(String name, int port, String graph) throws IOException {
        Path key = directory.resolve(name + "-key");
        LoopbackSshd.generateKey(key, "-t", "ed25519");
        add(name, port, key, graph);
    }

    /** From now on all hosts of this machine are behind this one, by ssh_config. */
    LoopbackSshd gateway() throws IOException {
        LoopbackSshd gateway = server("gateway");
        knownHosts.add(gateway.knownHosts());
        Path config =
                Files.writeString(
                        directory.resolve("ssh_config"),
                        gateway.hostBlock("gateway") + "Host 127.0.0.1\n  ProxyJump gateway\n");
        resolver =
                new ClientResolver(
                        ClientProgram.onPath(System.getenv("PATH")).orElseThrow(),
                        new ConfigFile.Named(config),
                        SshjTunnels.offer(),
                        Set.of(),
                        System.getenv()::get);
        return gateway;
    }

    /** A host elsewhere. */
    void farHost(String name, FarHost host, String graph) throws IOException {
        knownHosts.add(host.knownHosts());
        add(name, host.link().address(), 22, host.clientKey(), graph);
    }

    private LoopbackSshd server(String name, String... sshdConfig) {
        List<String> config = new ArrayList<>(List.of(sshdConfig));
        if (config.stream().noneMatch(line -> line.startsWith("SetEnv"))) {
            config.add("SetEnv MGMT_CACHE=" + cache(name));
        }
        LoopbackSshd sshd = LoopbackSshd.start(config.toArray(String[]::new));
        servers.put(name, sshd);
        return sshd;
    }

    private void add(String name, int port, Path key, String graph) throws IOException {
        add(name, "127.0.0.1", port, key, graph);
    }

    private void add(String name, String address, int port, Path key, String graph)
            throws IOException {
        Files.writeString(graphFile(name), graph);
        hostLines.add(
                "  "
                        + name
                        + ": {address: "
                        + address
                        + ", port: "
                        + port
                        + ", identity: "
                        + key
                        + ", graph: "
                        + graphFile(name).getFileName()
                        + "}");
    }

    /** For all hosts, as {@code a: b, c: d}. */
    void variables(String vars) {
        defaults = "defaults: {vars: {" + vars + "}}\n";
    }

    void pace(Pace changed) {
        pace = changed;
    }

    Path graphFile(String name) {
        return directory.resolve(name + ".yaml");
    }

    Path cache(String name) {
        return directory.resolve("cache-" + name);
    }

    /** What sudo is told where it asks. */
    void becomePassword(Supplier<char[]> password) {
        becomePassword = Optional.of(password);
    }

    /** A host in a root of its own. */
    void host(String name, SudoHost host, String fields, String graph) throws IOException {
        knownHosts.add(host.knownHosts());
        Files.writeString(graphFile(name), graph);
        hostLines.add(
                "  %s: {address: 127.0.0.1, port: %d, user: admin, identity: %s, graph: %s, %s}"
                        .formatted(
                                name,
                                host.port(),
                                host.clientKey(),
                                graphFile(name).getFileName(),
                                fields));
    }

    FleetOptions converging() {
        return converging(Duration.ofSeconds(60), FleetOptions.Afterwards.KEEP_IMAGE);
    }

    FleetOptions converging(Duration timeout, FleetOptions.Afterwards afterwards) {
        return options(Optional.of(Duration.ofMillis(200)), timeout, afterwards, Optional.empty());
    }

    /** The fleet has to be at rest for that long. */
    FleetOptions converging(Duration convergedTimeout) {
        return options(
                Optional.of(convergedTimeout),
                Duration.ofSeconds(60),
                FleetOptions.Afterwards.KEEP_IMAGE,
                Optional.empty());
    }

    FleetOptions watching() {
        return watching(Optional.empty());
    }

    FleetOptions watching(Duration linger) {
        return watching(Optional.of(linger));
    }

    private FleetOptions watching(Optional<Duration> linger) {
        return options(
                Optional.empty(),
                Duration.ofMinutes(2),
                FleetOptions.Afterwards.KEEP_IMAGE,
                linger);
    }

    /** As {@link #converging()}, with another patience. */
    FleetOptions impatient(Duration timeout, Duration connect) {
        connectTimeout = connect;
        return converging(timeout, FleetOptions.Afterwards.KEEP_IMAGE);
    }

    private FleetOptions options(
            Optional<Duration> convergedTimeout,
            Duration timeout,
            FleetOptions.Afterwards afterwards,
            Optional<Duration> linger) {
        return new FleetOptions(
                convergedTimeout,
                Optional.of(timeout),
                64,
                FleetOptions.Plan.APPLY,
                linger,
                afterwards,
                FleetOptions.Edits.PUSHED,
                new SshOptions(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        knownHosts,
                        Optional.of(HostKeyPolicy.STRICT),
                        Optional.of(connectTimeout),
                        Optional.empty()),
                Become.NONE,
                "root",
                pace);
    }

    FleetRun start(FleetOptions options, Consumer<FleetEvent> transcript)
            throws IOException, InterruptedException {
        Path hosts = writeHosts();
        InventoryOptions reading =
                new InventoryOptions(
                        Optional.empty(), InventoryOptions.CleartextPasswords.REFUSED, directory);
        if (!(reader.read(List.of(hosts), reading)
                instanceof InventoryReading.Valid(Inventory inventory, _))) {
            throw new AssertionError(reader.read(List.of(hosts), reading));
        }
        Optional<GraphWatch> edits =
                options.convergedTimeout().isPresent()
                        ? Optional.empty()
                        : Optional.of(GraphWatch.open(reader, reading, List.of(hosts), inventory));
        return FleetRun.start(
                inventory,
                options,
                new Equipment(
                        images,
                        tunnels,
                        reach(inventory, options, resolver),
                        _ -> new char[0],
                        Optional.empty(),
                        becomePassword),
                edits,
                transcript);
    }

    static Reach reach(Inventory inventory, FleetOptions options, Resolver resolver)
            throws InterruptedException {
        if (ReachFinding.of(inventory.hosts(), options.ssh(), resolver)
                instanceof ReachFinding.Found(Reach reach)) {
            return reach;
        }
        throw new AssertionError(ReachFinding.of(inventory.hosts(), options.ssh(), resolver));
    }

    /**
     * Another process as the laptop; see {@link Laptop}.
     *
     * @param told where it writes what happens
     */
    Process laptop(String converged, Duration linger, Path told) throws IOException {
        writeHosts();
        List<String> line =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                classPath(),
                                Laptop.class.getName(),
                                directory.toString(),
                                converged,
                                Long.toString(linger.toMillis())));
        knownHosts.forEach(file -> line.add(file.toString()));
        Process process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(told.toFile())
                        .start();
        laptops.add(process);
        return process;
    }

    private Path writeHosts() throws IOException {
        Path hosts = directory.resolve("hosts.yaml");
        Files.writeString(hosts, defaults + "hosts:\n" + String.join("\n", hostLines) + "\n");
        return hosts;
    }

    FleetReport run(FleetOptions options, FleetTranscript transcript)
            throws IOException, InterruptedException {
        try (FleetRun run = start(options, transcript)) {
            return run.await();
        }
    }

    @Override
    public void close() {
        tunnels.close();
        laptops.forEach(Process::destroyForcibly);
        servers.values().forEach(LoopbackSshd::close);
    }
}
