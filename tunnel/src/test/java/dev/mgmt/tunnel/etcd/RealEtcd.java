package dev.mgmt.tunnel.etcd;

import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real etcd of the machine, with a directory and ports of its own. */
final class RealEtcd implements AutoCloseable {
    private final Path directory;
    private final Process process;
    private final int port;

    RealEtcd() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("etcd-test");
        port = freePort();
        var clients = "http://127.0.0.1:" + port;
        var peers = "http://127.0.0.1:" + freePort();
        var builder =
                new ProcessBuilder(
                                "etcd",
                                "--data-dir",
                                directory.resolve("data").toString(),
                                "--listen-client-urls",
                                clients,
                                "--advertise-client-urls",
                                clients,
                                "--listen-peer-urls",
                                peers,
                                "--initial-advertise-peer-urls",
                                peers,
                                "--initial-cluster",
                                "default=" + peers)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("install etcd-server", e);
        }
        awaitLeader();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitLeader() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(Files.readString(directory.resolve("log")));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The port opens once there is a leader. */
    private boolean isReady() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Trees.delete(directory);
    }
}
