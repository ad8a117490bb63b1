package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Keeper.Watch;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.ResourceDriver.Joined;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a step asks of the host: each effect that may block on a virtual thread of its
 * own; its answer is an input. Called by the run's owner only; {@link #interrupt} by any thread.
 */
final class Surroundings {
    /** How many lines may wait for the listener before a command that writes more is held up. */
    private static final int LINES_AHEAD = 1024;

    private final DriverRegistry drivers;
    private final Consumer<Input> inputs;
    private final Map<Ticket, Charge> charges = new HashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Semaphore lines = new Semaphore(LINES_AHEAD);

    Surroundings(DriverRegistry drivers, Consumer<Input> inputs) {
        this.drivers = drivers;
        this.inputs = inputs;
    }

    /** One vertex in care: its keeper, its watch while it has one, and its last run. */
    private static final class Charge {
        private final Resource resource;
        private final Keeper keeper;
        private @Nullable Tether watch;
        private @Nullable WatchReport report;
        private @Nullable Thread run;

        private Charge(Resource resource, Keeper keeper) {
            this.resource = resource;
            this.keeper = keeper;
        }
    }

    void adopt(Ticket ticket, Resource resource) {
        Keeper keeper =
                drivers.keeper(resource, (stream, line) -> wrote(ticket.id(), stream, line));
        charges.put(ticket, new Charge(resource, keeper));
    }

    void startWatch(Ticket ticket) {
        Charge charge = charges.get(ticket);
        if (charge == null) {
            return;
        }
        cut(charge);
        Tether tether = new Tether();
        charge.watch = tether;
        WatchReport report = new WatchReport(ticket, inputs);
        charge.report = report;
        if (charge.keeper.isInstant()) {
            watch(report, charge.keeper, tether);
        } else {
            begin(() -> watch(report, charge.keeper, tether));
        }
    }

    /** A change that this vertex' watch has told of is taken in now. */
    void taken(Ticket ticket) {
        Charge charge = charges.get(ticket);
        WatchReport report = charge == null ? null : charge.report;
        if (report != null) {
            report.taken();
        }
    }

    void stopWatch(Ticket ticket) {
        Charge charge = charges.get(ticket);
        if (charge != null) {
            cut(charge);
        }
    }

    void release(Ticket ticket) {
        stopWatch(ticket);
        charges.remove(ticket);
        drivers.outputs().withdraw(ticket.id());
    }

    void run(Ticket ticket, Attempt attempt) {
        Charge charge = charges.get(ticket);
        if (charge != null && charge.keeper.isInstant()) {
            ran(ticket, charge.keeper, outcome(charge.keeper, attempt));
        } else if (charge != null) {
            charge.run = begin(() -> ran(ticket, charge.keeper, outcome(charge.keeper, attempt)));
        }
    }

    /** Makes this vertex' run stop, and that of all it is one action with; does not wait for it. */
    void interrupt(Ticket ticket) {
        Charge charge = charges.get(ticket);
        Thread run = charge == null ? null : charge.run;
        if (run != null) {
            run.interrupt();
        }
    }

    void runTogether(List<Effect.Run> runs) {
        List<Ticket> tickets = new ArrayList<>(runs.size());
        List<Joined> joined = new ArrayList<>(runs.size());
        List<Charge> joint = new ArrayList<>(runs.size());
        Resource any = null;
        for (Effect.Run run : runs) {
            Charge charge = charges.get(run.vertex());
            if (charge != null) {
                any = charge.resource;
                tickets.add(run.vertex());
                joined.add(new Joined(charge.keeper, run.attempt()));
                joint.add(charge);
            }
        }
        Resource kind = any;
        if (kind != null) {
            Thread run = begin(() -> runTogether(tickets, kind, joined));
            joint.forEach(charge -> charge.run = run);
        }
    }

    private void runTogether(List<Ticket> tickets, Resource kind, List<Joined> joined) {
        List<Outcome> outcomes = JointRun.of(drivers, kind, joined);
        for (int i = 0; i < outcomes.size(); i++) {
            ran(tickets.get(i), joined.get(i).keeper(), outcomes.get(i));
        }
    }

    private void ran(Ticket ticket, Keeper keeper, Outcome outcome) {
        boolean gives = outcome instanceof Outcome.Good || outcome instanceof Outcome.Changed;
        // Before its end is told: that lets those run who receive it.
        if (gives && drivers.outputs().publish(ticket.id(), keeper.outputs())) {
            inputs.accept(new Input.GaveOther(ticket));
        }
        keeper.lastWrite().ifPresent(write -> inputs.accept(new Input.Said(write)));
        inputs.accept(new Input.Ran(ticket, outcome));
    }

    /** A line has been told: there is room for another one. */
    void lineTold() {
        lines.release();
    }

    /** Runs something that may block, until it ends or all is interrupted. */
    Thread begin(Runnable work) {
        Thread thread =
                Thread.ofVirtual()
                        .unstarted(
                                () -> {
                                    try {
                                        work.run();
                                    } finally {
                                        threads.remove(Thread.currentThread());
                                    }
                                });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Makes everything that runs stop; does not wait for it. */
    void interrupt() {
        for (Thread thread : threads) {
            thread.interrupt();
        }
    }

    /** Returns when nothing runs, and no watch is left. */
    void close() {
        for (Charge charge : charges.values()) {
            cut(charge);
        }
        boolean interrupted = false;
        for (Thread thread = any(); thread != null; thread = any()) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        drivers.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not by the owner itself: to end a watch may mean to wait for a process to end. */
    private void cut(Charge charge) {
        Tether tether = charge.watch;
        if (tether != null) {
            charge.watch = null;
            if (charge.keeper.isInstant()) {
                tether.cut();
            } else {
                begin(tether::cut);
            }
        }
    }

    private @Nullable Thread any() {
        for (Thread thread : threads) {
            return thread;
        }
        return null;
    }

    private void watch(WatchReport report, Keeper keeper, Tether tether) {
        try {
            Watch watch = keeper.watch(report);
            tether.hold(watch::close);
            report.started();
        } catch (IOException e) {
            report.failed(reason(e));
        } catch (InterruptedException e) {
            report.failed("interrupted");
        }
    }

    private static Outcome outcome(Keeper keeper, Attempt attempt) {
        try {
            return keeper.run(attempt);
        } catch (IOException e) {
            return Outcome.Failed.because(reason(e));
        } catch (InterruptedException e) {
            return Outcome.Failed.because("interrupted");
        } catch (RuntimeException e) {
            return Outcome.Failed.because("a defect of this program: " + e);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private void wrote(ResourceId id, EngineEvent.Stream stream, String line) {
        try {
            lines.acquire();
            inputs.accept(new Input.Wrote(new EngineEvent.Output(id, stream, line)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
