package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.etcd.EtcdProcess;
import dev.mgmt.engine.world.etcd.EtcdWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several engines over a real etcd. */
class FleetSemaphoresIT {
    @TempDir private Path directory;
    private EtcdProcess etcd;
    private final Crowd crowd = new Crowd();
    private final List<GraphTester> hosts = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        etcd = EtcdProcess.start(directory);
    }

    @AfterEach
    void stop() {
        hosts.forEach(GraphTester::close);
        etcd.close();
    }

    private GraphTester host(String name, World world, Crowd.Stay stay) {
        GraphTester tester = GraphTester.open(EngineOptions.of(name), world, crowd.drivers(stay));
        hosts.add(tester);
        return tester;
    }

    private World connect() throws IOException {
        return EtcdWorld.over(etcd.connect());
    }

    private static String graph(int vertices) {
        StringBuilder yaml = new StringBuilder("graph: g\nresources:\n  noop:\n");
        for (int vertex = 0; vertex < vertices; vertex++) {
            yaml.append("  - {name: v%d, meta: {sema: [fleet/x:2]}}\n".formatted(vertex));
        }
        return yaml.toString();
    }

    @Test
    @Timeout(30)
    void threeHostsShareTwoPlaces() throws Exception {
        for (String name : List.of("h1", "h2", "h3")) {
            host(name, connect(), _ -> Thread.sleep(5)).submit(graph(20));
        }
        hosts.forEach(GraphTester::awaitIdle);
        assertEquals(60, crowd.runs());
        assertEquals(2, crowd.most("x"));
        try (World world = connect()) {
            // Nobody waits for the store when a place is given back.
            while (!world.read("/_mgmt/").entries().isEmpty()) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void thePlacesOfAHostThatIsLostBecomeFree() throws Exception {
        CountDownLatch forEver = new CountDownLatch(1);
        World lost = connect();
        GraphTester dying = host("h1", lost, _ -> forEver.await()).submit(graph(2));
        dying.await("both places", () -> crowd.present("x") == 2);
        GraphTester next = host("h2", connect(), _ -> {}).submit(graph(3));
        lost.close();
        assertEquals(3, next.awaitIdle().counts().good());
    }
}
