package dev.mgmt.engine.kind.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a download trusts: a system of the test's own has its own list of authorities. */
class HttpsGetIT {
    private static final String HELLO =
            "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private static Path keys;
    private static SSLContext identity;

    @TempDir private Path dir;
    private WebServer server;
    private GraphTester tester;

    @BeforeAll
    static void makeKeys() throws IOException, GeneralSecurityException, InterruptedException {
        identity = identity("server");
        identity("other");
    }

    @BeforeEach
    void open() throws IOException {
        server = WebServer.secure(identity);
        server.serve("/a", "hello".getBytes(UTF_8));
        DirectoryWatches watches = new DirectoryWatches();
        Trust trust = new Trust(new HostRoot(dir.resolve("root")));
        DriverRegistry registry =
                new DriverRegistry(watches::close)
                        .add(HttpGetResource.class, new HttpGetDriver(watches, trust));
        tester = GraphTester.open(EngineOptions.of("h1"), new MemoryWorld(), registry);
    }

    @AfterEach
    void close() {
        tester.close();
        server.close();
    }

    /** A key and a certificate signed by nobody else. */
    private static SSLContext identity(String alias)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = keys.resolve(alias + ".p12");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        System.getProperty("java.home") + "/bin/keytool",
                                        "-genkeypair",
                                        "-alias",
                                        alias,
                                        "-keyalg",
                                        "EC",
                                        "-groupname",
                                        "secp256r1",
                                        "-dname",
                                        "CN=" + alias,
                                        "-ext",
                                        "SAN=dns:localhost",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        "changeit"))
                        .inheritIO()
                        .start();
        assertEquals(0, keytool.waitFor());
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(store), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream from = Files.newInputStream(file)) {
            store.load(from, PASSWORD);
        }
        return store;
    }

    /** The system's administrator trusts these from now on. */
    private void trust(String... aliases) throws IOException, GeneralSecurityException {
        StringBuilder bundle = new StringBuilder("# Ours - and nobody's else\n");
        for (String alias : aliases) {
            byte[] bytes = load(keys.resolve(alias + ".p12")).getCertificate(alias).getEncoded();
            bundle.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Path list = dir.resolve("root/etc/ssl/certs/ca-certificates.crt");
        Files.createDirectories(list.getParent());
        Files.writeString(list, bundle);
    }

    private EngineStatus get(String url) {
        return tester.converge(
                """
                graph: g
                resources:
                  http:get:
                  - {name: %s/got, url: "%s", digest: "%s"}
                """
                        .formatted(dir, url, HELLO));
    }

    private String refusal(String url) {
        String reason = get(url).failures().getFirst().reason();
        assertFalse(Files.exists(dir.resolve("got")));
        assertEquals(0, server.asked("/a"), "asked before it was known whom");
        return reason;
    }

    @Test
    void aServerThatTheHostTrustsIsAsked() throws IOException, GeneralSecurityException {
        trust("server");
        assertEquals(List.of(), get(server.url("/a")).failures());
        assertEquals("hello", Files.readString(dir.resolve("got")));
    }

    @Test
    void aHostWithoutAListTrustsThoseThatJavaTrusts() {
        String reason = refusal(server.url("/a"));
        assertTrue(reason.startsWith("cannot download " + server.url("/a") + ": TLS: "), reason);
        assertTrue(reason.contains("unable to find valid certification path"), reason);
    }

    @Test
    void aServerThatTheHostDoesNotTrustIsNotAskedUntilItIs()
            throws IOException, GeneralSecurityException {
        trust("other");
        String reason = refusal(server.url("/a"));
        assertTrue(reason.contains("unable to find valid certification path"), reason);
        trust("other", "server");
        assertEquals(List.of(), get(server.url("/a") + "?").failures());
    }

    @Test
    void aServerUnderAnotherNameIsNotAsked() throws IOException, GeneralSecurityException {
        trust("server");
        String reason = refusal(server.url("/a").replace("localhost", "127.0.0.1"));
        assertTrue(reason.contains("No subject alternative names"), reason);
    }

    @Test
    void aRedirectToHttpIsNotFollowed() throws IOException, GeneralSecurityException {
        trust("server");
        server.redirect("/b", "http://localhost:1/a");
        assertEquals(
                "cannot download %s: redirected from https to http, which anybody on the way could have done"
                        .formatted(server.url("/b")),
                get(server.url("/b")).failures().getFirst().reason());
    }

    @Test
    void aListWithoutCertificatesIsAnErrorThatSaysWhatToInstall()
            throws IOException, GeneralSecurityException {
        trust();
        String reason = refusal(server.url("/a"));
        assertTrue(reason.endsWith("(install the package ca-certificates)"), reason);
    }
}
