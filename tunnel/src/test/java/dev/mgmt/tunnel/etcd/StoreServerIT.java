package dev.mgmt.tunnel.etcd;

import static dev.mgmt.tunnel.etcd.RawClient.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LeftThreads;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The embedded store over real connections: strangers, slow ones, and how they end. */
@Timeout(30)
class StoreServerIT {
    private final ManualTiming timing = new ManualTiming();
    private final EmbeddedStore store = new EmbeddedStore(timing, new SplittableRandom(1));
    private final StoreServer server = new StoreServer(store);
    private ListeningPort port;

    @BeforeEach
    void open() throws IOException {
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), _ -> {});
    }

    @AfterEach
    void leavesNoThreadBehind() throws Exception {
        port.close();
        server.close();
        store.close();
        assertEquals(List.of(), LeftThreads.named("store-"));
    }

    private static ByteSequence sequence(String text) {
        return ByteSequence.from(text, UTF_8);
    }

    private static String line(WatchEvent event) {
        return event.getEventType() + " " + event.getKeyValue().getKey();
    }

    @Test
    void jetcdReadsWritesWatchesAndLeases() throws Exception {
        try (var client =
                Client.builder()
                        .endpoints("http://127.0.0.1:" + port.address().getPort())
                        .build()) {
            var lease = client.getLeaseClient().grant(60).get().getID();
            var heard = new LinkedBlockingQueue<String>();
            var everything = WatchOption.builder().isPrefix(true).withRevision(1).build();
            try (var _ =
                    client.getWatchClient()
                            .watch(
                                    sequence("/j/"),
                                    everything,
                                    answer ->
                                            answer.getEvents().forEach(e -> heard.add(line(e))))) {
                var option = PutOption.builder().withLeaseId(lease).build();
                client.getKVClient().put(sequence("/j/1"), sequence("v"), option).get();
                assertEquals("PUT /j/1", heard.poll(10, TimeUnit.SECONDS));
                client.getLeaseClient().revoke(lease).get();
                assertEquals("DELETE /j/1", heard.poll(10, TimeUnit.SECONDS));
            }
            var all = GetOption.builder().isPrefix(true).build();
            assertEquals(0, client.getKVClient().get(sequence("/j/"), all).get().getCount());
        }
    }

    @Test
    void watchThatDoesNotReadHoldsUpNobodyAndCatchesUp() throws Exception {
        try (var client = new RawClient(port.address().getPort());
                var slow = client.watch()) {
            slow.ask(
                    WatchRequest.newBuilder()
                            .setCreateRequest(
                                    WatchCreateRequest.newBuilder()
                                            .setKey(bytes("/w"))
                                            .setStartRevision(2))
                            .build());
            slow.next();
            var big = "x".repeat(500_000);
            for (int i = 0; i < 60; i++) {
                store.write(List.of(new StoreAccess.Put("/w", Optional.of(big + i))));
            }
            assertTrue(slow.events(60).contains("mod_revision: 61"));
        }
    }

    @Test
    void progressIsNotifiedWhenNothingHappens() throws Exception {
        try (var client = new RawClient(port.address().getPort());
                var watch = client.watch()) {
            watch.ask(
                    WatchRequest.newBuilder()
                            .setCreateRequest(
                                    WatchCreateRequest.newBuilder()
                                            .setKey(bytes("/w"))
                                            .setProgressNotify(true))
                            .build());
            watch.next();
            // The clock is set only after the answer.
            while (timing.waiting() == 0) {
                Thread.onSpinWait();
            }
            store.write(List.of(new StoreAccess.Put("/elsewhere", Optional.of(""))));
            timing.pass(Duration.ofMinutes(10));
            var progress = watch.next();
            assertEquals(2, progress.getHeader().getRevision());
            assertEquals(0, progress.getEventsCount());
        }
    }

    @Test
    void peerThatSaysNothingOrNonsenseDisturbsNobody() throws Exception {
        var address = port.address();
        try (var mute = new Socket(address.getAddress(), address.getPort());
                var mad = new Socket(address.getAddress(), address.getPort());
                var client = new RawClient(address.getPort())) {
            mad.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".repeat(1000).getBytes(UTF_8));
            mute.getOutputStream().flush();
            store.write(List.of(new StoreAccess.Put("/w", Optional.of("v"))));
            assertEquals(
                    1,
                    client.kv()
                            .range(RangeRequest.newBuilder().setKey(bytes("/w")).build())
                            .getCount());
        }
    }
}
