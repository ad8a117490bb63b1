package dev.mgmt.remote.fleet;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.remote.fleet.FleetReport.End;
import dev.mgmt.remote.inventory.HostSpec;
import dev.mgmt.remote.inventory.Inventory;
import dev.mgmt.remote.push.Edit;
import dev.mgmt.remote.wire.MalformedMessage;
import dev.mgmt.remote.wire.StatusValue;
import dev.mgmt.tunnel.etcd.StoreAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Owns the state of a run: one thread takes what happens to hosts, store and files as inputs, one
 * at a time, and decides when the run is over. It waits for nothing but its next input and the one
 * point in time that matters next.
 */
final class FleetOwner {
    /** For what still runs on hosts when the run ends. */
    private static final Duration ENDING = Duration.ofSeconds(30);

    /** The same when the time was up already: agents then stop by themselves what still runs. */
    private static final Duration ENDING_LATE = Duration.ofSeconds(2);

    private final RunContext context;
    private final Consumer<FleetEvent> listener;
    private final Crew crew;
    private final FleetRest rest = new FleetRest();
    private final Map<String, HostCourse> hosts = new LinkedHashMap<>();
    private final Map<String, String> statusKeys = new HashMap<>();
    private final Map<String, Long> pushed = new HashMap<>();
    private final Instant start;
    private final Sleep sleep;
    private Inventory inventory;
    private Instant lastPush;
    private Standing standing = Standing.MOVING;
    private Optional<Ending> ending = Optional.empty();

    FleetOwner(RunContext context, Inventory inventory, Consumer<FleetEvent> listener) {
        this.context = context;
        this.inventory = inventory;
        this.listener = listener;
        this.crew = new Crew(context);
        this.start = context.clock().now();
        this.sleep = new Sleep(context.options().pace().noticing());
        this.lastPush = start;
    }

    private enum Standing {
        MOVING,
        AT_REST
    }

    /**
     * @param cutAt when hosts that have not ended by themselves are cut off
     */
    private record Ending(End end, Instant cutAt) {}

    /** Connects to every host; the store may become ready meanwhile. */
    void startHosts() {
        for (HostSpec host : inventory.hosts()) {
            hosts.put(host.name(), new HostCourse(host.name(), start));
            statusKeys.put(StoreKeys.status(host.name()), host.name());
            rest.take(new FleetRest.Input.Joined(host.name()), start);
            rest.take(new FleetRest.Input.Pushing(host.name()), start);
            crew.start(host);
        }
    }

    /** The run, from the first graph in the store until every host has ended. */
    FleetReport run(FleetStore store) throws InterruptedException {
        push(store, inventory.hosts());
        store.open(context);
        while (!hosts.values().stream().allMatch(HostCourse::isOver)) {
            Optional<Duration> patience = patience();
            Instant before = context.clock().now();
            Optional<FleetInput> input = context.inbox().next(patience);
            patience.ifPresent(most -> sleep.woken(before.plus(most), context.clock().now()));
            if (input.isPresent()) {
                take(input.get(), store);
            }
            watchRest();
            watchTime(store);
        }
        crew.join();
        Duration took = Duration.between(start, context.clock().now());
        return new FleetReport(
                ending.map(Ending::end).orElse(End.AT_REST),
                took,
                hosts.values().stream().map(HostCourse::report).toList());
    }

    /** Nothing of it goes on afterwards; for a run that broke. */
    void abandon() throws InterruptedException {
        hosts.keySet().forEach(crew::cut);
        crew.join();
    }

    /** How long nothing but an input matters. */
    private Optional<Duration> patience() {
        Instant now = context.clock().now();
        return wake().map(wake -> wake.isAfter(now) ? Duration.between(now, wake) : Duration.ZERO);
    }

    /** When time alone will change something. */
    private Optional<Instant> wake() {
        if (ending.isPresent()) {
            return ending.map(Ending::cutAt).map(sleep::put);
        }
        Optional<Instant> over = restOver();
        Optional<Instant> timeout = timeout();
        if (over.isEmpty() || timeout.isEmpty()) {
            return over.or(() -> timeout);
        }
        return over.get().isBefore(timeout.get()) ? over : timeout;
    }

    private Optional<Instant> restOver() {
        return context.options()
                .convergedTimeout()
                .flatMap(atRest -> rest.over(atRest).map(over -> sleep.notBefore(over, atRest)));
    }

    private Optional<Instant> timeout() {
        return context.options().timeout().map(start::plus).map(sleep::put);
    }

    private void take(FleetInput input, FleetStore store) throws InterruptedException {
        switch (input) {
            case FleetInput.Told(FleetEvent event, Instant when) -> takeEvent(event, when);
            case FleetInput.HostEnded ended -> takeEnd(ended);
            case FleetInput.StoreChanged(long revision, List<StoreAccess.Change> changes) -> {
                for (StoreAccess.Change change : changes) {
                    takeChange(change, revision);
                }
            }
            case FleetInput.FilesChanged(Edit edit) -> takeEdit(edit, store);
            case FleetInput.StopAsked() -> takeStop(store);
        }
    }

    private void takeEvent(FleetEvent event, Instant when) {
        if (event instanceof FleetEvent.Entered(String host, Stage stage)) {
            course(host).enter(stage, when);
        }
        if (event instanceof FleetEvent.Retrying retrying && retrying.givesUpIn().isPresent()) {
            course(retrying.host()).lose(retrying.failure());
        }
        listener.accept(event);
        if (event instanceof FleetEvent.Engine(String host, EngineEvent.GraphRefused refused)) {
            takeRefusal(host, refused);
        }
    }

    /** A fleet that is to converge cannot wait for a graph that will never run. */
    private void takeRefusal(String host, EngineEvent.GraphRefused refused) {
        boolean newest = refused.revision() >= pushed.getOrDefault(host, Long.MAX_VALUE);
        if (newest && ending.isEmpty() && context.options().convergedTimeout().isPresent()) {
            fail(host, Failures.graphRefused(refused.problems()));
            crew.cut(host);
        }
    }

    private void takeEnd(FleetInput.HostEnded ended) {
        ended.failure().ifPresent(failure -> fail(ended.host(), failure));
        course(ended.host()).enter(Stage.ENDED, ended.when());
        listener.accept(new FleetEvent.Entered(ended.host(), Stage.ENDED));
    }

    private void fail(String host, HostFailure failure) {
        if (!course(host).hasFailed()) {
            course(host).fail(failure);
            rest.take(new FleetRest.Input.Failed(host), context.clock().now());
            listener.accept(new FleetEvent.Failed(host, failure));
        }
    }

    private void takeChange(StoreAccess.Change change, long revision) {
        String key = change.key();
        Instant now = context.clock().now();
        StoreKeys.Export export = StoreKeys.parseExport(key);
        if (export != null) {
            rest.take(new FleetRest.Input.Written(export.kind(), revision), now);
            return;
        }
        if (key.startsWith(StoreKeys.VALUES)) {
            rest.take(new FleetRest.Input.Written(FleetRest.VALUES, revision), now);
            return;
        }
        String host = statusKeys.get(key);
        if (host != null) {
            takeStatus(host, change.value(), now);
        }
    }

    private void takeStatus(String host, Optional<String> value, Instant now) {
        if (value.isEmpty()) {
            rest.take(new FleetRest.Input.Vanished(host), now);
            crew.doubt(host, now);
            return;
        }
        try {
            EngineStatus status = StatusValue.read(value.get());
            course(host).report(status);
            rest.take(new FleetRest.Input.Reported(host, status), now);
            listener.accept(new FleetEvent.Status(host, status));
        } catch (MalformedMessage e) {
            String text = "its status makes no sense: " + e.getMessage();
            listener.accept(new FleetEvent.Engine(host, new EngineEvent.Notice(text)));
        }
    }

    private void takeEdit(Edit edit, FleetStore store) {
        switch (edit) {
            case Edit.Unchanged() -> {}
            case Edit.Refused refused ->
                    listener.accept(
                            new FleetEvent.EditRefused(
                                    Path.of(refused.problems().getFirst().file()),
                                    refused.problems()));
            case Edit.Edited edited -> {
                inventory = edited.inventory();
                Set<String> names = Set.copyOf(edited.hosts());
                List<HostSpec> changed =
                        inventory.hosts().stream()
                                .filter(host -> names.contains(host.name()))
                                .toList();
                Instant now = context.clock().now();
                edited.hosts().forEach(host -> rest.take(new FleetRest.Input.Pushing(host), now));
                push(store, changed);
                listener.accept(
                        new FleetEvent.Pushed(
                                edited.hosts(),
                                edited.difference().added(),
                                edited.difference().changed(),
                                edited.difference().removed()));
            }
        }
    }

    private void push(FleetStore store, List<HostSpec> to) {
        lastPush = context.clock().now();
        standing = Standing.MOVING;
        long revision = store.push(inventory, to, context.rights());
        for (HostSpec host : to) {
            pushed.put(host.name(), revision);
            rest.take(
                    new FleetRest.Input.Pushed(
                            host.name(), revision, FleetStore.collects(inventory, host)),
                    lastPush);
        }
    }

    private void takeStop(FleetStore store) {
        if (ending.isPresent()) {
            cutAll();
        } else {
            end(
                    context.options().convergedTimeout().isPresent()
                            ? End.INTERRUPTED
                            : End.STOPPED,
                    store);
        }
    }

    private void watchRest() {
        boolean anyRuns =
                hosts.values().stream().anyMatch(host -> !host.hasFailed() && !host.isOver());
        if (rest.since().isEmpty() || !anyRuns) {
            standing = Standing.MOVING;
        } else if (standing == Standing.MOVING && ending.isEmpty()) {
            standing = Standing.AT_REST;
            listener.accept(new FleetEvent.AtRest(Duration.between(lastPush, rest.since().get())));
        }
    }

    private void watchTime(FleetStore store) {
        Instant now = context.clock().now();
        if (ending.isPresent()) {
            if (!now.isBefore(sleep.put(ending.get().cutAt()))) {
                cutAll();
            }
        } else if (restOver().filter(over -> !now.isBefore(over)).isPresent()) {
            end(End.AT_REST, store);
        } else if (timeout().filter(over -> !now.isBefore(over)).isPresent()) {
            end(End.TIMED_OUT, store);
        }
    }

    /** Outcomes are decided here; from now on hosts only end. */
    private void end(End end, FleetStore store) {
        Duration patience = end == End.TIMED_OUT ? ENDING_LATE : ENDING;
        ending = Optional.of(new Ending(end, context.clock().now().plus(patience)));
        Set<String> unsettled = rest.unsettled();
        store.tellEnding(context.run());
        hosts.forEach(
                (name, host) -> {
                    host.decide(
                            unsettled.contains(name)
                                    ? HostCourse.Rest.NOT_AT_REST
                                    : HostCourse.Rest.AT_REST);
                    if (!host.isOver()) {
                        crew.end(name);
                        takeEvent(
                                new FleetEvent.Entered(name, Stage.ENDING), context.clock().now());
                    }
                });
    }

    private void cutAll() {
        hosts.forEach(
                (name, host) -> {
                    if (!host.isOver()) {
                        crew.cut(name);
                    }
                });
    }

    private HostCourse course(String host) {
        HostCourse course = hosts.get(host);
        if (course == null) {
            throw new IllegalArgumentException("no such host: " + host);
        }
        return course;
    }
}
