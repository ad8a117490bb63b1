package dev.mgmt.engine.world.etcd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real etcd of its own, on loopback, with its data in a directory that is the caller's. */
public final class EtcdProcess implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final int port;

    private EtcdProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Blocks until it answers. */
    public static EtcdProcess start(Path directory) throws IOException, InterruptedException {
        int port = freePort();
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + freePort();
        ProcessBuilder command =
                new ProcessBuilder(
                        List.of(
                                "etcd",
                                "--data-dir=" + directory.resolve("data"),
                                "--listen-client-urls=" + clients,
                                "--advertise-client-urls=" + clients,
                                "--listen-peer-urls=" + peers,
                                "--initial-advertise-peer-urls=" + peers,
                                "--initial-cluster=default=" + peers,
                                "--max-request-bytes=8000000",
                                "--max-txn-ops=20000"));
        command.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile());
        EtcdProcess etcd = new EtcdProcess(start(command), port);
        etcd.awaitAnswer(directory.resolve("log"));
        return etcd;
    }

    private static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            throw new IllegalStateException("there is no etcd here: install etcd-server", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!Files.readString(log).contains("ready to serve client requests")) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                close();
                throw new IllegalStateException("etcd did not start:\n" + Files.readString(log));
            }
            Thread.sleep(20);
        }
    }

    public Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** At once, as by a power cut. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
