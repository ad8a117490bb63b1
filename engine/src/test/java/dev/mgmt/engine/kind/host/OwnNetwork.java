package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.OverlaySystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of {@link SysctlIT} that runs as a program, in namespaces of its own. */
final class OwnNetwork {
    private static final Path TTL = Path.of("/proc/sys/net/ipv4/ip_default_ttl");

    private OwnNetwork() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createDirectory(Path.of(arguments[0], "system"));
        try (OverlaySystem system = OverlaySystem.in(directory);
                GraphTester tester = GraphTester.openAt(EngineOptions.of("h1"), system.root())) {
            Files.createDirectories(system.at("/etc/sysctl.d"));
            expect("64", ttl(), "a new network has the kernel's own value");
            tester.converge(graph("ip_default_ttl", "77"));
            expect("77", ttl(), "the value is set");

            // As another program does it, long after everybody has closed the file.
            system.run("sh", "-c", "echo 50 >/proc/sys/net/ipv4/ip_default_ttl");
            tester.await("the value", () -> ttl().equals("77"));

            EngineStatus status = tester.converge(graph("ip_default_ttl", "256"));
            String reason = status.failures().getFirst().reason();
            String wanted = "cannot set net.ipv4.ip_default_ttl to 256 in ";
            expect(wanted, reason.substring(0, wanted.length()), "the kernel refuses");
            String kept =
                    Files.readString(
                            system.at("/etc/sysctl.d/99-mgmt-net.ipv4.ip_default_ttl.conf"));
            expect("net.ipv4.ip_default_ttl = 77\n", kept, "what is refused is not kept");

            status = tester.converge(graph("ip_local_reserved_ports", "5,6"));
            expect(
                    "the kernel took 5,6 for net.ipv4.ip_local_reserved_ports and made 5-6 of it"
                            + " (write that)",
                    status.failures().getFirst().reason(),
                    "what the kernel spells in its own way is said, and not tried for ever");
        }
        System.out.println("as it should be");
    }

    private static String graph(String name, String value) {
        return "graph: g\nresources:\n  sysctl:\n  - {name: net.ipv4."
                + name
                + ", value: '"
                + value
                + "'}\n";
    }

    private static String ttl() {
        try {
            return SysctlKeeper.once(TTL).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void expect(String wanted, String found, String what) {
        if (!wanted.equals(found)) {
            throw new AssertionError(what + ": " + found + " instead of " + wanted);
        }
    }
}
