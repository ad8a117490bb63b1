package dev.mgmt.remote.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real etcd that speaks TLS with a certificate of its own making. */
record TlsEtcd(Process process, String url, Path authority) implements AutoCloseable {
    private static final String PASSWORD = "changeit";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    static TlsEtcd start(Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = directory.resolve("keys.p12");
        keytool(
                List.of(
                        "-genkeypair",
                        "-alias",
                        "etcd",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=etcd",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Path certificate = pem(directory, "CERTIFICATE", store.getCertificate("etcd").getEncoded());
        Path key =
                pem(
                        directory,
                        "PRIVATE KEY",
                        store.getKey("etcd", PASSWORD.toCharArray()).getEncoded());
        String url = "https://127.0.0.1:" + freePort();
        String peers = "http://127.0.0.1:" + freePort();
        Path log = directory.resolve("log");
        Process process =
                new ProcessBuilder(
                                "etcd",
                                "--data-dir=" + directory.resolve("data"),
                                "--cert-file=" + certificate,
                                "--key-file=" + key,
                                "--listen-client-urls=" + url,
                                "--advertise-client-urls=" + url,
                                "--listen-peer-urls=" + peers,
                                "--initial-advertise-peer-urls=" + peers,
                                "--initial-cluster=default=" + peers)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        TlsEtcd etcd = new TlsEtcd(process, url, certificate);
        etcd.awaitAnswer(log);
        return etcd;
    }

    private static void keytool(List<String> arguments) throws IOException, InterruptedException {
        List<String> words = new java.util.ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        words.addAll(arguments);
        Process process = new ProcessBuilder(words).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
    }

    private static Path pem(Path directory, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                directory.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!Files.readString(log).contains("serving client requests on")
                && !Files.readString(log).contains("serving client traffic securely")) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                close();
                throw new IllegalStateException("etcd did not start:\n" + Files.readString(log));
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
