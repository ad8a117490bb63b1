package dev.mgmt.tunnel.net;

import dev.mgmt.tunnel.LoopbackSshd;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A link from this namespace to one of its own, where a host can be: two interfaces and nothing
 * between them but this process. Gone without a trace when it is closed, or when the process ends
 * (but for the namespace's name).
 */
public final class ShapedLink implements AutoCloseable {
    private static final AtomicInteger LINKS = new AtomicInteger();

    /** Addresses for measurements, RFC 2544: nobody's network. */
    private static final String NETWORK = "198.18.";

    private final String namespace;
    private final String near;
    private final String far;
    private final TunDevice here;
    private final TunDevice there;
    private final LinkDirection up;
    private final LinkDirection down;
    private final RoundTrips roundTrips = new RoundTrips();

    private ShapedLink(LinkShape shape, long seed) throws IOException {
        // Processes that test at the same time differ in their ids, links of one in their number.
        int process = (int) (ProcessHandle.current().pid() % 1000);
        int link = LINKS.incrementAndGet() % 64;
        String id = process + "-" + link;
        namespace = "mgmt-link-" + id;
        near = NETWORK + (process % 250) + "." + (4 * link + 1);
        far = NETWORK + (process % 250) + "." + (4 * link + 2);
        run("ip", "netns", "add", namespace);
        try {
            here = new TunDevice("mgn" + id);
            there = new TunDevice("mgf" + id);
            run("ip", "link", "set", "mgf" + id, "netns", namespace);
            run("ip", "addr", "add", near, "peer", far, "dev", "mgn" + id);
            run("ip", "link", "set", "mgn" + id, "up");
            inside("ip", "addr", "add", far, "peer", near, "dev", "mgf" + id);
            inside("ip", "link", "set", "mgf" + id, "up");
            inside("ip", "link", "set", "lo", "up");
        } catch (IOException | RuntimeException | Error e) {
            run("ip", "netns", "del", namespace);
            throw e;
        }
        var random = new SplittableRandom(seed);
        up = new LinkDirection(here, there, shape, random.split(), roundTrips::up);
        down = new LinkDirection(there, here, shape, random.split(), roundTrips::down);
    }

    /** Prints the seed of what it loses. */
    public static ShapedLink open(LinkShape shape) throws IOException {
        long seed = Long.getLong("seed", 1);
        System.out.println("link " + shape + ", seed " + seed);
        return new ShapedLink(shape, seed);
    }

    private static void run(String... command) {
        var _ = LoopbackSshd.run(List.of(command));
    }

    private void inside(String... command) {
        var _ = LoopbackSshd.run(command(command));
    }

    /** A command that runs at the far end. */
    public List<String> command(String... words) {
        var command = new java.util.ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(List.of(words));
        return command;
    }

    /** The far end's. */
    public String address() {
        return far;
    }

    /** From now on nothing arrives, either way; nobody is told. */
    public void cut() {
        up.cut();
        down.cut();
    }

    public void restore() {
        up.restore();
        down.restore();
    }

    public RoundTrips roundTrips() {
        return roundTrips;
    }

    @Override
    public void close() {
        try {
            up.end();
            down.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        here.close();
        there.close();
        run("ip", "netns", "del", namespace);
    }
}
