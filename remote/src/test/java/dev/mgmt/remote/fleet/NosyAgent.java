package dev.mgmt.remote.fleet;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.etcd.EtcdWorld;
import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.remote.wire.BoundedLines;
import dev.mgmt.remote.wire.EventLine;
import dev.mgmt.tunnel.forward.StreamSocket;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a host may become in bad hands: tries what is none of its business, and babbles. */
final class NosyAgent {
    private NosyAgent() {}

    public static void main(String[] args) throws Exception {
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        AgentParameters parameters =
                AgentParameters.read(
                        new BoundedLines(in, AgentParameters.LONGEST).next().orElseThrow().text());
        out.write(("mgmt " + parameters.nonce() + " ready\n").getBytes(StandardCharsets.UTF_8));
        try (World world = EtcdWorld.over(StreamSocket.over(in, out, "laptop", () -> {}))) {
            tell("own graph: " + read(world, StoreKeys.graph(parameters.host())));
            tell("other graph: " + read(world, StoreKeys.graph("h2")));
            tell("all: " + read(world, "/_mgmt/"));
            tell("exports: " + read(world, StoreKeys.EXPORTS));
            tell("other graph written: " + write(world, StoreKeys.graph("h2")));
            tell("other status written: " + write(world, StoreKeys.status("h2")));
            tell("own graph written: " + write(world, StoreKeys.graph(parameters.host())));
            tell("fleet written: " + write(world, StoreKeys.FLEET));
            String own = StoreKeys.value(new StoreKeys.Value("k", parameters.host()));
            String other = StoreKeys.value(new StoreKeys.Value("k", "h2"));
            tell("own value written: " + write(world, own));
            tell("own value: " + read(world, own));
            tell("other value written: " + write(world, other));
            tell("other value: " + read(world, other));
            tell("own place: " + write(world, StoreKeys.semaphore("s", parameters.host()) + "1"));
            tell("other place: " + write(world, StoreKeys.semaphore("s", "h2") + "1"));
            tell("places: " + read(world, StoreKeys.semaphore("s")));
            System.err.println("x".repeat(3_000_000));
            System.err.println("{\"event\":\"status\"}");
            tell("done");
            Thread.sleep(Duration.ofMinutes(1));
        }
    }

    private static String read(World world, String key) throws InterruptedException {
        try {
            return world.read(key).entries().size() + " entries";
        } catch (WorldException e) {
            return "refused";
        }
    }

    private static String write(World world, String key) throws InterruptedException {
        try {
            world.commit(World.Transaction.of(new World.Write.Put(key, "x", 0)));
            return "done";
        } catch (WorldException e) {
            return "refused";
        }
    }

    private static void tell(String text) {
        System.err.println(EventLine.text(new EngineEvent.Notice(text)));
    }
}
