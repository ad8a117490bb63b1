package dev.mgmt.tunnel.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** etcd's own command line client against the embedded store. */
@Timeout(60)
class EtcdctlIT {
    private final EmbeddedStore store = new EmbeddedStore();
    private final StoreServer server = new StoreServer(store);
    private ListeningPort port;

    @BeforeEach
    void open() throws IOException {
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), _ -> {});
    }

    @AfterEach
    void close() {
        port.close();
        server.close();
        store.close();
    }

    @Test
    void putIsThereForGetAndGoneAfterDelete() throws Exception {
        assertEquals("OK\n", etcdctl("", "put", "/_mgmt/a", "one"));
        assertEquals("/_mgmt/a\none\n", etcdctl("", "get", "--prefix", "/_mgmt/"));
        assertEquals("1\n", etcdctl("", "del", "/_mgmt/a"));
        assertEquals("", etcdctl("", "get", "/_mgmt/a"));
    }

    @Test
    void transactionTakesTheBranchItsComparisonSays() throws Exception {
        etcdctl("", "put", "k", "one");
        var answer = etcdctl("mod(\"k\") = \"2\"\n\nput k two\n\nput k three\n\n", "txn");
        assertTrue(answer.startsWith("SUCCESS"), answer);
        assertEquals("k\ntwo\n", etcdctl("", "get", "k"));
    }

    @Test
    void watchHearsOfThePastAndThePresent() throws Exception {
        etcdctl("", "put", "w/1", "past");
        var watch = start("watch", "--prefix", "w/", "--rev", "1");
        try (var lines = watch.inputReader()) {
            assertEquals("PUT", lines.readLine());
            assertEquals("w/1", lines.readLine());
            assertEquals("past", lines.readLine());
            etcdctl("", "del", "w/1");
            assertEquals("DELETE", lines.readLine());
        } finally {
            watch.destroy();
            watch.waitFor();
        }
    }

    @Test
    void leaseIsGrantedListedKeptAliveAndRevokedWithItsKeys() throws Exception {
        var granted = etcdctl("", "lease", "grant", "60");
        var id = granted.split(" ", -1)[1];
        etcdctl("", "put", "--lease=" + id, "l", "v");
        assertTrue(etcdctl("", "lease", "list").contains(id));
        assertTrue(etcdctl("", "lease", "timetolive", "--keys", id).contains("attached keys([l])"));
        assertTrue(etcdctl("", "lease", "keep-alive", "--once", id).contains("keepalived"));
        assertEquals("lease " + id + " revoked\n", etcdctl("", "lease", "revoke", id));
        assertEquals("", etcdctl("", "get", "l"));
    }

    @Test
    void statusAndMembersAreShown() throws Exception {
        assertTrue(etcdctl("", "endpoint", "status").contains("3.4.0+mgmt"));
        assertTrue(etcdctl("", "endpoint", "health").contains("is healthy"));
        assertTrue(etcdctl("", "member", "list").contains("mgmt"));
        assertEquals("", etcdctl("", "alarm", "list"));
    }

    private Process start(String... arguments) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                "etcdctl",
                                "--endpoints",
                                "http://127.0.0.1:" + port.address().getPort()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("ETCDCTL_API", "3"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException("install etcd-client", e);
        }
    }

    private String etcdctl(String input, String... arguments)
            throws IOException, InterruptedException {
        var process = start(arguments);
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), text);
            return text;
        }
    }
}
