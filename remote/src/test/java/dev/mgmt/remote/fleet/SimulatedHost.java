package dev.mgmt.remote.fleet;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Counts;
import dev.mgmt.engine.EngineStatus.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/**
 * An agent as the store sees it. It takes in one event at a time; each may make it export, and an
 * export may make others export, to a depth that ends. It calls itself idle after its own writes.
 */
final class SimulatedHost {
    private static final int DEEPEST = 3;

    private final String name;
    private final Random random;

    /** Delivered by the store, not yet taken in. */
    private final Queue<Event> inbox = new ArrayDeque<>();

    /** Sent, not yet committed. */
    private final Queue<Message> outbox = new ArrayDeque<>();

    private Optional<Event.Graph> newest = Optional.empty();
    private Set<String> collects = Set.of();
    private Phase phase = Phase.PREPARING;
    private long graph;
    private long seen;
    private long activity;
    private Life life = Life.RUNNING;

    private enum Life {
        RUNNING,
        DEAD,
        GIVEN_UP
    }

    SimulatedHost(String name, Random random) {
        this.name = name;
        this.random = random;
    }

    sealed interface Event {
        record Graph(long revision, Set<String> collects, int exports) implements Event {}

        record Write(String kind, long revision, int depth) implements Event {}
    }

    sealed interface Message {
        record Report(EngineStatus status) implements Message {}

        record Export(String kind, int depth) implements Message {}
    }

    String name() {
        return name;
    }

    Queue<Message> outbox() {
        return outbox;
    }

    boolean isGivenUp() {
        return life == Life.GIVEN_UP;
    }

    boolean isAlive() {
        return life == Life.RUNNING;
    }

    void offer(long revision, SimulatedFleet.Push push) {
        Event.Graph offered = new Event.Graph(revision, push.collects(), push.exports());
        newest = Optional.of(offered);
        if (isAlive()) {
            inbox.add(offered);
        }
    }

    /** The store tells of a write, wanted or not: which it is shows when it is taken in. */
    void watch(String kind, long revision, int depth) {
        if (isAlive()) {
            inbox.add(new Event.Write(kind, revision, depth));
        }
    }

    void die() {
        life = Life.DEAD;
        inbox.clear();
        outbox.clear();
    }

    void giveUp() {
        life = Life.GIVEN_UP;
    }

    /** A new process: it reads its graph and the exports as they are now. */
    void restart(long revision) {
        life = Life.RUNNING;
        collects = Set.of();
        phase = Phase.PREPARING;
        graph = 0;
        seen = revision;
        activity = 0;
        newest.ifPresent(inbox::add);
        say();
    }

    /** Takes in what is next, or finishes what it does. */
    void work() {
        if (!isAlive()) {
            return;
        }
        if (phase == Phase.WORKING) {
            phase = Phase.IDLE;
            activity++;
            say();
            return;
        }
        Event event = inbox.poll();
        switch (event) {
            case null -> {}
            case Event.Graph offered -> {
                graph = offered.revision();
                collects = offered.collects();
                begin();
                export(offered.exports(), DEEPEST);
            }
            case Event.Write(String kind, long revision, int depth) -> {
                seen = revision;
                if (phase == Phase.IDLE && collects.contains(kind)) {
                    begin();
                    export(random.nextInt(2), depth - 1);
                } else {
                    say();
                }
            }
        }
    }

    List<String> whatIsUnderWay() {
        List<String> all = new ArrayList<>();
        if (!isAlive()) {
            return all;
        }
        if (phase != Phase.IDLE) {
            all.add(name + " is " + phase);
        }
        for (Event event : inbox) {
            switch (event) {
                case Event.Graph _ -> all.add(name + " has not taken in " + event);
                case Event.Write write when collects.contains(write.kind()) ->
                        all.add(name + " has not taken in " + write);
                case Event.Write _ -> {}
            }
        }
        outbox.stream()
                .filter(Message.Export.class::isInstance)
                .forEach(export -> all.add(name + " has sent " + export));
        return all;
    }

    private void begin() {
        phase = Phase.WORKING;
        activity++;
        if (random.nextBoolean()) {
            // Reports of standings in between may be left out.
            say();
        }
    }

    private void export(int count, int depth) {
        for (int export = 0; export < count && depth > 0; export++) {
            String kind = SimulatedFleet.KINDS.get(random.nextInt(SimulatedFleet.KINDS.size()));
            outbox.add(new Message.Export(kind, depth));
        }
    }

    private void say() {
        Counts counts = new Counts(1, 1, 0, 0, 0, 0);
        long reported = collects.isEmpty() ? Long.MAX_VALUE : seen;
        outbox.add(
                new Message.Report(
                        new EngineStatus(
                                graph, reported, phase, activity, counts, List.of(), List.of())));
    }
}
