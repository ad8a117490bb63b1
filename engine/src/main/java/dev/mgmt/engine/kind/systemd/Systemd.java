package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.dbus.Bus;
import dev.mgmt.engine.dbus.BusError;
import dev.mgmt.engine.dbus.BusLine;
import dev.mgmt.engine.dbus.BusLost;
import dev.mgmt.engine.dbus.Call;
import dev.mgmt.engine.dbus.Signal;
import dev.mgmt.engine.dbus.SignalMatch;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A manager of units, spoken to as org.freedesktop.systemd1(5) has it. */
final class Systemd {
    static final String NAME = "org.freedesktop.systemd1";
    static final String UNIT = NAME + ".Unit";

    private static final String PATH = "/org/freedesktop/systemd1";
    private static final String MANAGER = NAME + ".Manager";
    private static final SignalMatch JOB_REMOVED =
            new SignalMatch(NAME, PATH, MANAGER, "JobRemoved");
    private static final List<SignalMatch> UNIT_FILES =
            List.of(
                    new SignalMatch(NAME, PATH, MANAGER, "UnitFilesChanged"),
                    new SignalMatch(NAME, PATH, MANAGER, "Reloading"));

    private final BusLine line;
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile @Nullable Bus subscribed;
    private long reloadsAsked;
    private long reloadsDone;

    Systemd(BusLine line) {
        this.line = line;
    }

    /** What a job does. */
    enum Verb {
        START("StartUnit"),
        STOP("StopUnit"),
        REFRESH("ReloadOrTryRestartUnit");

        private final String method;

        Verb(String method) {
            this.method = method;
        }
    }

    /** The unit of this name, whether there is one or not. */
    UnitView load(String unit) throws IOException, InterruptedException {
        Bus bus = bus();
        String path = (String) bus.call(manager("LoadUnit", "s", unit)).getFirst();
        Object properties = bus.call(Call.properties(NAME, path, UNIT)).getFirst();
        return UnitView.of(path, (Map<?, ?>) properties);
    }

    /** A property of the interface of the unit's type, such as a service's result. */
    Optional<Object> detail(UnitView unit, String property)
            throws IOException, InterruptedException {
        String type = unit.id().substring(unit.id().lastIndexOf('.') + 1);
        String face =
                NAME + "." + type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
        try {
            return Optional.of(
                    bus().call(Call.property(NAME, unit.path(), face, property)).getFirst());
        } catch (BusError e) {
            return Optional.empty(); // Not all types have all of them.
        }
    }

    /** Such as {@code enabled} or {@code static}; empty if there is no such file. */
    Optional<String> startup(String unit) throws IOException, InterruptedException {
        try {
            Object state = bus().call(manager("GetUnitFileState", "s", unit)).getFirst();
            return Optional.of((String) state);
        } catch (BusError e) {
            if (e.name().equals("org.freedesktop.DBus.Error.FileNotFound")
                    || e.name().equals(NAME + ".NoSuchUnit")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Makes a job, or joins the one that is under way, and waits for its end. An interrupt ends the
     * wait, not the job.
     *
     * @return how it ended, such as {@code done} or {@code failed}
     */
    String run(Verb verb, String unit) throws IOException, InterruptedException {
        Bus bus = bus();
        JobsRemoved ended = new JobsRemoved();
        // Listening comes first: a job may be over before its number is known here.
        try (Bus.Subscription _ = bus.listen(JOB_REMOVED, ended)) {
            Object job = bus.call(manager(verb.method, "ss", unit, "replace")).getFirst();
            return ended.await((String) job);
        }
    }

    /** Ends of jobs, in their order, and at last the loss of the connection. */
    private static final class JobsRemoved implements Bus.SignalListener {
        private final BlockingQueue<Optional<Signal>> news = new LinkedBlockingQueue<>();

        @Override
        public void heard(Signal signal) {
            news.add(Optional.of(signal));
        }

        @Override
        public void lost(BusLost why) {
            news.add(Optional.empty());
        }

        private String await(String job) throws IOException, InterruptedException {
            while (true) {
                Signal signal =
                        news.take()
                                .orElseThrow(
                                        () ->
                                                new IOException(
                                                        "the connection to the bus was lost while"
                                                                + " a job was under way"));
                if (signal.text(1).equals(job)) {
                    return signal.text(3);
                }
            }
        }
    }

    /**
     * Makes it read all unit files anew. That is dear: who asks while another waits for the same
     * shares it.
     */
    void reload() throws IOException, InterruptedException {
        long ticket;
        synchronized (this) {
            reloadsAsked++;
            ticket = reloadsAsked;
        }
        reloading.lockInterruptibly();
        try {
            long covers;
            synchronized (this) {
                if (reloadsDone >= ticket) {
                    return;
                }
                covers = reloadsAsked;
            }
            bus().call(manager("Reload", ""));
            synchronized (this) {
                reloadsDone = covers;
            }
        } finally {
            reloading.unlock();
        }
    }

    /** Returns how many links were made; a reload is needed if any. */
    int enable(String unit) throws IOException, InterruptedException {
        List<Object> answer =
                bus().call(
                                manager(
                                        "EnableUnitFiles",
                                        "asbb",
                                        List.of(unit),
                                        /* only until the next boot */ false,
                                        /* in place of what is there */ false));
        return ((List<?>) answer.get(1)).size();
    }

    /** Removes links for good, or those for this boot. Asks for a reload. */
    void disable(String unit, Lasting lasting) throws IOException, InterruptedException {
        bus().call(manager("DisableUnitFiles", "asb", List.of(unit), lasting == Lasting.THIS_BOOT));
    }

    /** How long what is said about a unit file holds. */
    enum Lasting {
        FOR_GOOD,
        THIS_BOOT
    }

    /** Hears when unit files or their links change, and whatever else is added. */
    BusLine.Listening listen(UnitFiles files, BusLine.Ear ear)
            throws IOException, InterruptedException {
        Set<SignalMatch> matches = new HashSet<>(files == UnitFiles.HEARD ? UNIT_FILES : List.of());
        return line.listen(this::subscribe, matches, ear);
    }

    /** Whether changes of unit files matter to a listener. */
    enum UnitFiles {
        HEARD,
        IGNORED
    }

    private Bus bus() throws IOException, InterruptedException {
        Bus bus = line.bus();
        subscribe(bus);
        return bus;
    }

    /** It sends signals only while somebody has asked for them. */
    private void subscribe(Bus bus) throws IOException, InterruptedException {
        if (bus.equals(subscribed)) {
            return;
        }
        try {
            bus.call(manager("Subscribe", ""));
        } catch (BusError e) {
            if (!e.name().equals(NAME + ".AlreadySubscribed")) {
                throw e;
            }
        }
        subscribed = bus;
    }

    private static Call manager(String method, String signature, Object... arguments) {
        return new Call(NAME, PATH, MANAGER, method, signature, List.of(arguments));
    }
}
