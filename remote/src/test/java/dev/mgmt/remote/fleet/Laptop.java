package dev.mgmt.remote.fleet;

import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.remote.image.AgentImages;
import dev.mgmt.remote.inventory.HostSpec.Become;
import dev.mgmt.remote.inventory.InventoryOptions;
import dev.mgmt.remote.inventory.InventoryReader;
import dev.mgmt.remote.inventory.InventoryReading;
import dev.mgmt.remote.reach.Reach;
import dev.mgmt.remote.reach.SshOptions;
import dev.mgmt.tunnel.config.PlainResolver;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import dev.mgmt.tunnel.sshj.SshjTunnels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A laptop as a process of its own, so that it can be killed and stopped: runs the fleet of a
 * directory and prints a line for each event, and what it came to.
 */
final class Laptop {
    private Laptop() {}

    /**
     * @param args directory, converged timeout in milliseconds or {@code watch}, linger in
     *     milliseconds, files of known hosts
     */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        InventoryReader reader =
                new InventoryReader(new GraphReader(KindCatalog.installed().kinds()));
        InventoryOptions reading =
                new InventoryOptions(
                        Optional.empty(), InventoryOptions.CleartextPasswords.REFUSED, directory);
        InventoryReading read = reader.read(List.of(directory.resolve("hosts.yaml")), reading);
        if (!(read instanceof InventoryReading.Valid valid)) {
            throw new IllegalStateException(read.toString());
        }
        FleetOptions options = options(args);
        Reach reach =
                LoopbackFleet.reach(
                        valid.inventory(), options, new PlainResolver(directory, _ -> null));
        AgentImages images = AgentImages.in(directory.resolve("laptop"));
        try (SshjTunnels tunnels = new SshjTunnels();
                FleetRun run =
                        FleetRun.start(
                                valid.inventory(),
                                options,
                                new Equipment(
                                        images,
                                        tunnels,
                                        reach,
                                        _ -> new char[0],
                                        Optional.empty(),
                                        Optional.empty()),
                                Optional.empty(),
                                event -> System.out.println(event))) {
            System.out.println(run.await());
        }
        System.exit(0);
    }

    private static FleetOptions options(String... args) {
        return new FleetOptions(
                args[1].equals("watch")
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(Long.parseLong(args[1]))),
                Optional.of(Duration.ofMinutes(1)),
                64,
                FleetOptions.Plan.APPLY,
                Optional.of(Duration.ofMillis(Long.parseLong(args[2]))),
                FleetOptions.Afterwards.KEEP_IMAGE,
                FleetOptions.Edits.IGNORED,
                new SshOptions(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Arrays.stream(args).skip(3).map(Path::of).toList(),
                        Optional.of(HostKeyPolicy.STRICT),
                        Optional.empty(),
                        Optional.empty()),
                Become.NONE,
                "root",
                Paces.withKeepalives(Duration.ofSeconds(1)));
    }
}
