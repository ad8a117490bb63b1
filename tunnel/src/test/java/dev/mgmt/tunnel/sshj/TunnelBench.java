package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.exec.RemoteCommand;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;

/**
 * Run by hand: what a connection costs, first and warm, and how fast an upload is. Times in
 * milliseconds of wall and of this process's CPU.
 */
public final class TunnelBench {
    private static final int WARM = 40;
    private static final int UPLOAD = 30 * 1024 * 1024;

    private TunnelBench() {}

    public static void main(String[] args) throws Exception {
        try (var server = LoopbackSshd.start()) {
            long cpu = cpu();
            long wall = System.nanoTime();
            try (var tunnels = new SshjTunnels()) {
                visit(server, tunnels);
                report("first connection", cpu, wall, 1);
                for (int round = 1; round <= 3; round++) {
                    cpu = cpu();
                    wall = System.nanoTime();
                    for (int i = 0; i < WARM; i++) {
                        visit(server, tunnels);
                    }
                    report("warm connection, round " + round, cpu, wall, WARM);
                }
                uploads(server, tunnels);
            }
        }
    }

    private static void visit(LoopbackSshd server, SshjTunnels tunnels) throws Exception {
        try (Tunnel tunnel = tunnels.connect(server.target());
                var process = tunnel.start(RemoteCommand.of("true"))) {
            var _ = process.await(Duration.ofSeconds(10));
        }
    }

    private static void uploads(LoopbackSshd server, SshjTunnels tunnels) throws Exception {
        byte[] data = new byte[UPLOAD];
        new Random(1).nextBytes(data);
        try (Tunnel tunnel = tunnels.connect(server.target())) {
            for (int round = 1; round <= 5; round++) {
                long cpu = cpu();
                long wall = System.nanoTime();
                try (var process = tunnel.start(RemoteCommand.of("sh", "-c", "cat >/dev/null"))) {
                    process.stdin().write(data);
                    process.stdin().close();
                    var _ = process.await(Duration.ofSeconds(60));
                }
                report("upload of 30 MB, round " + round, cpu, wall, 1);
            }
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void report(String what, long cpu, long wall, int times) {
        double cpuMillis = (cpu() - cpu) / 1e6 / times;
        double wallMillis = (System.nanoTime() - wall) / 1e6 / times;
        System.out.printf("%-28s %7.1f ms wall %7.1f ms CPU%n", what, wallMillis, cpuMillis);
    }
}
