package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Target;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Run by hand in the folder of the module: what a connection with login costs, by key exchange.
 * Milliseconds of this process's CPU and of wall.
 */
public final class KeyExchangeBench {
    private static final int ROUNDS = 4;
    private static final int CONNECTIONS = 40;

    private KeyExchangeBench() {}

    public static void main(String[] args) throws Exception {
        for (String name : List.of("curve25519-sha256", "sntrup761x25519-sha512@openssh.com")) {
            try (var server = LoopbackSshd.start("KexAlgorithms " + name)) {
                measure("OpenSSH, " + name, server.target());
            }
        }
        for (String name :
                List.of("curve25519-sha256", "mlkem768x25519-sha256", "sntrup761x25519-sha512")) {
            try (var server = ForeignSshd.start(name)) {
                measure("MINA, " + name, server.target());
            }
        }
    }

    private static void measure(String what, Target target) throws Exception {
        try (var tunnels = new SshjTunnels()) {
            tunnels.connect(target).close();
            for (int round = 1; round <= ROUNDS; round++) {
                long cpu = cpu();
                long wall = System.nanoTime();
                for (int i = 0; i < CONNECTIONS; i++) {
                    tunnels.connect(target).close();
                }
                System.out.printf(
                        "%-44s %6.1f ms CPU %6.1f ms wall%n",
                        what,
                        (cpu() - cpu) / 1e6 / CONNECTIONS,
                        (System.nanoTime() - wall) / 1e6 / CONNECTIONS);
            }
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
