package dev.mgmt.tunnel.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A real etcd and the embedded store, each fresh and behind a port of its own. */
final class TwoStores implements AutoCloseable {
    private final EmbeddedStore store = new EmbeddedStore();
    private final StoreServer server = new StoreServer(store);
    private final RealEtcd etcd;
    private final ListeningPort port;

    TwoStores() throws IOException, InterruptedException {
        etcd = new RealEtcd();
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), _ -> {});
    }

    interface Script {
        void run(RawClient client, Consumer<String> transcript) throws Exception;
    }

    /** Every answer has to be the same, word for word. */
    void same(Script script) throws Exception {
        assertEquals(transcript(etcd.port(), script), transcript(port.address().getPort(), script));
    }

    private static String transcript(int port, Script script) throws Exception {
        List<String> lines = new ArrayList<>();
        try (var client = new RawClient(port)) {
            script.run(client, lines::add);
        }
        return String.join("\n--\n", lines);
    }

    @Override
    public void close() throws IOException {
        port.close();
        server.close();
        store.close();
        etcd.close();
    }
}
