package dev.mgmt.remote.fleet;

import dev.mgmt.remote.fleet.FleetRest.Input;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/**
 * A store that orders writes, a laptop that watches all of it and pushes graphs, and hosts. Links
 * deliver in order, at any later time.
 */
final class SimulatedFleet {
    static final List<String> KINDS = List.of("exec", "file", "print");
    private static final int LINKS_LOST_AT_MOST = 3;

    private final Random random;
    private final FleetRest rest = new FleetRest();
    private final List<SimulatedHost> hosts = new ArrayList<>();

    /** What the store has committed and the laptop has not yet been told. */
    private final Queue<Input> toLaptop = new ArrayDeque<>();

    /** Graphs that the laptop has decided on and the store has not yet committed. */
    private final Queue<Push> pushes = new ArrayDeque<>();

    private long revision;
    private long ticks;
    private int pushesLeft;
    private int lossesLeft = LINKS_LOST_AT_MOST;

    record Push(SimulatedHost host, Set<String> collects, int exports) {}

    SimulatedFleet(Random random) {
        this.random = random;
        int size = 1 + random.nextInt(4);
        pushesLeft = size + random.nextInt(4);
        for (int host = 0; host < size; host++) {
            hosts.add(new SimulatedHost("h" + host, random));
        }
        hosts.forEach(host -> tell(new Input.Joined(host.name())));
        hosts.forEach(this::push);
    }

    boolean saysRest() {
        return rest.since().isPresent();
    }

    /** As only somebody who sees all places at once can know. */
    boolean isAtRest() {
        return whatIsUnderWay().isEmpty();
    }

    List<String> whatIsUnderWay() {
        List<String> all = new ArrayList<>();
        pushes.stream()
                .filter(push -> !push.host().isGivenUp())
                .forEach(push -> all.add("a push to " + push.host().name()));
        hosts.forEach(host -> all.addAll(host.whatIsUnderWay()));
        return all;
    }

    /** One thing happens, somewhere. */
    void step() {
        SimulatedHost host = hosts.get(random.nextInt(hosts.size()));
        switch (random.nextInt(12)) {
            case 0 -> push(host);
            case 1 -> lose(host);
            case 2, 3 -> commitPush();
            case 4, 5, 6 -> commit(host);
            case 7, 8 -> host.work();
            default -> tellLaptop();
        }
    }

    /** No new causes; everything that is on its way arrives. */
    void drain() {
        pushesLeft = 0;
        lossesLeft = 0;
        for (int round = 0; round < 10_000; round++) {
            commitPush();
            hosts.forEach(this::commit);
            hosts.forEach(SimulatedHost::work);
            tellLaptop();
        }
    }

    private void push(SimulatedHost host) {
        if (pushesLeft == 0 || host.isGivenUp()) {
            return;
        }
        pushesLeft--;
        Set<String> collects = new HashSet<>();
        KINDS.stream().filter(_ -> random.nextBoolean()).forEach(collects::add);
        tell(new Input.Pushing(host.name()));
        pushes.add(new Push(host, collects, random.nextInt(3)));
    }

    /** The agent dies with all it was about to say; its lease runs out. */
    private void lose(SimulatedHost host) {
        if (lossesLeft > 0 && host.isAlive()) {
            lossesLeft--;
            host.die();
            revision++;
            toLaptop.add(new Input.Vanished(host.name()));
        }
    }

    /** The laptop starts another agent, or gives the host up. */
    private void recover(SimulatedHost host) {
        if (random.nextBoolean()) {
            host.restart(revision);
        } else {
            host.giveUp();
            tell(new Input.Failed(host.name()));
        }
    }

    private void commitPush() {
        Push push = pushes.poll();
        if (push != null) {
            revision++;
            push.host().offer(revision, push);
            tell(new Input.Pushed(push.host().name(), revision, push.collects()));
        }
    }

    private void commit(SimulatedHost host) {
        SimulatedHost.Message message = host.outbox().poll();
        switch (message) {
            case null -> {}
            case SimulatedHost.Message.Report(var status) -> {
                revision++;
                toLaptop.add(new Input.Reported(host.name(), status));
            }
            case SimulatedHost.Message.Export(String kind, int depth) -> {
                revision++;
                toLaptop.add(new Input.Written(kind, revision));
                hosts.forEach(other -> other.watch(kind, revision, depth));
            }
        }
    }

    private void tellLaptop() {
        Input input = toLaptop.poll();
        if (input != null) {
            tell(input);
        }
        if (input instanceof Input.Vanished(String name)) {
            hosts.stream().filter(host -> host.name().equals(name)).forEach(this::recover);
        }
    }

    private void tell(Input input) {
        ticks++;
        rest.take(input, Instant.ofEpochMilli(ticks));
    }
}
