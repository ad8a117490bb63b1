package dev.mgmt.tunnel.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Needs root, as all of CI has, to be somebody else. */
class LocalDoorIT {
    private final List<String> turnedAway = new CopyOnWriteArrayList<>();

    @Test
    void onlyOurOwnAccountAndRootComeIn() throws Exception {
        for (InetAddress loopback :
                List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"))) {
            turnedAway.clear();
            try (EmbeddedStore store = new EmbeddedStore();
                    StoreServer server = new StoreServer(store);
                    ListeningPort port =
                            server.listen(new InetSocketAddress(loopback, 0), turnedAway::add)) {
                String endpoint =
                        (loopback.getAddress().length == 4 ? "127.0.0.1" : "[::1]")
                                + ":"
                                + port.address().getPort();
                assertEquals(0, put(endpoint, List.of(), "30s"));
                List<String> stranger = List.of("setpriv", "--reuid=65534", "--clear-groups");
                assertNotEquals(0, put(endpoint, stranger, "2s"));
                assertEquals(
                        List.of("the store turned away a client of account 65534"), turnedAway);
                assertEquals(0, put(endpoint, List.of(), "30s"));
            }
        }
    }

    private static int put(String endpoint, List<String> as, String within)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(as);
        words.addAll(
                List.of(
                        "etcdctl",
                        "--endpoints",
                        endpoint,
                        "--dial-timeout=" + within,
                        "--command-timeout=" + within,
                        "put",
                        "k",
                        "v"));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        Process process = builder.start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }
}
