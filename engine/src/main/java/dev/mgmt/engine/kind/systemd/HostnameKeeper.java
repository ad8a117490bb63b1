package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.dbus.Bus;
import dev.mgmt.engine.dbus.BusError;
import dev.mgmt.engine.dbus.BusLine;
import dev.mgmt.engine.dbus.Signal;
import dev.mgmt.engine.dbus.SignalMatch;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.systemd.HostnameResource.Name;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the host's names. Whoever changes them by way of hostnamed or its files is noticed; a name
 * given to the kernel alone is not, until something else leads to a look.
 */
final class HostnameKeeper implements Keeper {
    private static final Set<SignalMatch> CHANGES =
            Set.of(SignalMatch.propertiesOf(Hostnamed.NAME, Hostnamed.PATH));

    private final HostnameResource resource;
    private final Machine machine;
    private final BusLine line;
    private final DirectoryWatches watches;

    HostnameKeeper(
            HostnameResource resource, Machine machine, BusLine line, DirectoryWatches watches) {
        this.resource = resource;
        this.machine = machine;
        this.line = line;
        this.watches = watches;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        List<Mending> mendings = new ArrayList<>(3);
        try {
            if (!mendByService(attempt, mendings)) {
                mend(new HostNameFiles(machine), attempt, mendings);
            }
        } catch (IOException e) {
            String reason =
                    e instanceof BusError error && error.denied()
                            ? "not allowed for this user: " + e.getMessage() + " (run as root)"
                            : String.valueOf(e.getMessage());
            return new Outcome.Failed(reason, attempt.checksOnly() ? List.of() : mendings);
        }
        return Outcome.of(attempt, mendings);
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException, InterruptedException {
        PathWatch files = watches.open(listener::changed, listener::ended);
        boolean complete = false;
        try {
            files.add(machine.at(HostNameFiles.STATIC_NAME));
            files.add(machine.at(HostNameFiles.PRETTY_NAME));
            Watch both = withSignals(files, listener);
            complete = true;
            return both;
        } finally {
            if (!complete) {
                files.close();
            }
        }
    }

    private Watch withSignals(PathWatch files, WatchListener listener) throws InterruptedException {
        try {
            BusLine.Listening signals = line.listen(_ -> {}, CHANGES, new Ear(listener));
            return () -> {
                files.close();
                signals.close();
            };
        } catch (IOException e) {
            return files::close; // Without a bus nobody sends any.
        }
    }

    private record Ear(WatchListener listener) implements BusLine.Ear {
        @Override
        public void heard(Signal signal) {
            listener.changed();
        }

        @Override
        public void missed() {
            listener.changed();
        }

        @Override
        public void ended(String reason) {
            // The files go on being watched, and the next run does without the bus.
        }
    }

    /** False if no service keeps the names of this host. */
    private boolean mendByService(Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        if (!machine.runsSystemd()) {
            return false;
        }
        Bus bus;
        try {
            bus = line.bus();
        } catch (IOException e) {
            return false;
        }
        if (bus.partner() != Bus.Partner.BUS) {
            return false;
        }
        try {
            mend(new Hostnamed(bus), attempt, mendings);
            return true;
        } catch (BusError e) {
            if (e.nobodyThere() && mendings.isEmpty()) {
                return false;
            }
            throw e;
        }
    }

    private void mend(HostNames names, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        Map<Name, String> present = names.read();
        for (Map.Entry<Name, String> wanted : resource.wanted().entrySet()) {
            Name name = wanted.getKey();
            String before = present.getOrDefault(name, "");
            if (before.equals(wanted.getValue())) {
                continue;
            }
            mendings.add(
                    new Mending(
                            name.name().toLowerCase(Locale.ROOT) + "_hostname",
                            (before.isEmpty() ? "none" : before) + " → " + wanted.getValue()));
            if (!attempt.checksOnly()) {
                names.set(name, wanted.getValue());
                present = names.read(); // One may bring another along.
            }
        }
        if (!attempt.checksOnly() && !mendings.isEmpty()) {
            verify(names.read());
        }
    }

    private void verify(Map<Name, String> present) throws IOException {
        for (Map.Entry<Name, String> wanted : resource.wanted().entrySet()) {
            String now = present.getOrDefault(wanted.getKey(), "");
            if (!now.equals(wanted.getValue())) {
                throw new IOException(
                        "the %s name stays `%s`: systemd-hostnamed gives the static name precedence"
                                        .formatted(
                                                wanted.getKey().name().toLowerCase(Locale.ROOT),
                                                now)
                                + " over it (ask for the same name, or leave one out)");
            }
        }
    }
}
