package dev.mgmt.engine.dbus;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made when it is first needed, and made again when it was lost (a bus that is
 * restarted takes all connections with it). What listens on it is moved over, and told to look,
 * since it may have missed something.
 */
public final class BusLine {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final int TRIES = 20;

    private final Dialling dialling;
    private final int tries;
    private final Set<Listening> listening = new HashSet<>();
    private @Nullable Bus bus;
    private boolean redialling;
    private boolean closed;

    public BusLine(Dialling dialling) {
        this(dialling, TRIES);
    }

    BusLine(Dialling dialling, int tries) {
        this.dialling = dialling;
        this.tries = tries;
    }

    /** Makes a connection. */
    @FunctionalInterface
    public interface Dialling {
        Bus dial() throws IOException, InterruptedException;
    }

    /** What a watch asks of each connection that it lives on. */
    @FunctionalInterface
    public interface Setup {
        void on(Bus bus) throws IOException, InterruptedException;
    }

    /** Hears signals; by any thread, and must not block. */
    public interface Ear {
        void heard(Signal signal);

        /** Something may have been missed. */
        void missed();

        /** The connection is gone for good; the watch is over. */
        void ended(String reason);
    }

    /** Signals that somebody listens to, over one connection after the other. */
    public final class Listening implements AutoCloseable {
        private final Setup setup;
        private final Ear ear;
        private final Set<SignalMatch> matches;
        private final Set<Bus.Subscription> subscriptions = new HashSet<>();
        private boolean over;

        private Listening(Setup setup, Set<SignalMatch> matches, Ear ear) {
            this.setup = setup;
            this.ear = ear;
            this.matches = new HashSet<>(matches);
        }

        /** Also hears these, from when this returns. */
        public void add(SignalMatch match) throws IOException, InterruptedException {
            Bus present = bus();
            synchronized (BusLine.this) {
                if (over || !matches.add(match)) {
                    return;
                }
            }
            listen(present, match);
        }

        private void attach(Bus present) throws IOException, InterruptedException {
            setup.on(present);
            List<SignalMatch> wanted;
            List<Bus.Subscription> former;
            synchronized (BusLine.this) {
                wanted = List.copyOf(matches);
                former = List.copyOf(subscriptions);
                subscriptions.clear();
            }
            former.forEach(Bus.Subscription::close); // Of this connection, if this is a new try.
            for (SignalMatch match : wanted) {
                listen(present, match);
            }
        }

        private void listen(Bus present, SignalMatch match)
                throws IOException, InterruptedException {
            Bus.Subscription made = present.listen(match, new Relay(present, this));
            boolean wanted;
            synchronized (BusLine.this) {
                wanted = !over && subscriptions.add(made);
            }
            if (!wanted) {
                made.close();
            }
        }

        @Override
        public void close() {
            List<Bus.Subscription> open;
            synchronized (BusLine.this) {
                over = true;
                listening.remove(this);
                open = List.copyOf(subscriptions);
                subscriptions.clear();
            }
            open.forEach(Bus.Subscription::close);
        }
    }

    private final class Relay implements Bus.SignalListener {
        private final Bus from;
        private final Listening to;

        private Relay(Bus from, Listening to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void heard(Signal signal) {
            to.ear.heard(signal);
        }

        @Override
        public void lost(BusLost why) {
            redial(from, why);
        }
    }

    /** The connection as it is, or a new one. */
    public Bus bus() throws IOException, InterruptedException {
        synchronized (this) {
            if (closed) {
                throw new BusLost("the connection to the bus was closed");
            }
            if (bus != null && bus.alive()) {
                return bus;
            }
        }
        Bus made = dialling.dial();
        synchronized (this) {
            if (!closed && (bus == null || !bus.alive())) {
                bus = made;
                return made;
            }
        }
        made.close(); // Somebody else was faster.
        return bus();
    }

    /** From when this returns, no signal of these goes unheard. */
    public Listening listen(Setup setup, Set<SignalMatch> matches, Ear ear)
            throws IOException, InterruptedException {
        Listening made = new Listening(setup, matches, ear);
        synchronized (this) {
            listening.add(made); // Before it is attached: a loss from then on concerns it.
        }
        boolean attached = false;
        try {
            made.attach(bus());
            attached = true;
            return made;
        } finally {
            if (!attached) {
                made.close();
            }
        }
    }

    public void close() {
        Bus last;
        synchronized (this) {
            closed = true;
            listening.clear();
            last = bus;
        }
        if (last != null) {
            last.close();
        }
    }

    /** Called once per subscription of a lost connection; the first call does the work. */
    private void redial(Bus from, BusLost why) {
        synchronized (this) {
            if (closed || redialling || from.alive() || listening.isEmpty()) {
                return;
            }
            redialling = true;
        }
        Thread.ofVirtual().name("connects to a bus again").start(() -> redial(why));
    }

    private void redial(BusLost why) {
        boolean again = false;
        Duration pause = FIRST_PAUSE;
        try {
            for (int tried = 0; tried < tries && !again; tried++) {
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
                if (pause.compareTo(LONGEST_PAUSE) > 0) {
                    pause = LONGEST_PAUSE;
                }
                again = moved();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tell(again, why);
    }

    private void tell(boolean again, BusLost why) {
        Set<Listening> told;
        Bus present;
        synchronized (this) {
            redialling = false;
            present = bus;
            told = closed ? Set.of() : Set.copyOf(listening);
            if (!again) {
                listening.clear();
            }
        }
        for (Listening one : told) {
            if (again) {
                one.ear.missed();
            } else {
                one.ear.ended(why.getMessage() + ", and it did not come back");
            }
        }
        if (again && present != null) {
            redial(present, why); // It may have gone since, when nobody was told of that.
        }
    }

    private boolean moved() throws InterruptedException {
        Set<Listening> all;
        synchronized (this) {
            if (closed) {
                return true;
            }
            all = Set.copyOf(listening);
        }
        try {
            Bus next = bus();
            for (Listening one : all) {
                one.attach(next);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
