package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.kind.systemd.Systemd.Verb;
import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps one unit of systemd as it should be. */
final class UnitKeeper implements Keeper {
    /** Somebody's opposite wish cancels a job; who goes on wishing it is told of in the end. */
    private static final int TRIES = 3;

    private final UnitWish wish;
    private final Systemd systemd;
    private final UnitFault fault;
    private final StartupLinks links;
    private volatile @Nullable UnitWatch watch;

    /** It stayed stale although all was read anew: asking again and again would never end. */
    private boolean staysStale;

    UnitKeeper(UnitWish wish, Systemd systemd, Machine machine) {
        this.wish = wish;
        this.systemd = systemd;
        fault = new UnitFault(wish, systemd, machine);
        links = new StartupLinks(wish, systemd);
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        List<Mending> mendings = new ArrayList<>(2);
        try {
            mend(attempt, mendings);
        } catch (IOException e) {
            String reason = fault.reason(e);
            return new Outcome.Failed(reason, attempt.checksOnly() ? List.of() : mendings);
        }
        return Outcome.of(attempt, mendings);
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException, InterruptedException {
        UnitWatch made = new UnitWatch(wish, listener);
        made.open(systemd, systemd.load(wish.unit()));
        watch = made;
        return made;
    }

    private void mend(Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        UnitView unit = fresh(attempt, mendings);
        if (unit.missing()) {
            missing(attempt, mendings);
            return;
        }
        UnitWatch watching = watch;
        if (watching != null) {
            watching.follow(unit);
        }
        boolean ran = unit.running();
        links.mend(unit, attempt, mendings);
        mendState(unit, attempt, mendings);
        if (attempt.refreshes() && ran && !wish.wants(State.STOPPED)) {
            refresh(attempt, mendings);
        }
    }

    /** The unit as its file has it now. */
    private UnitView fresh(Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        UnitView unit = systemd.load(wish.unit());
        if (!unit.stale()) {
            staysStale = false;
            return unit;
        }
        if (staysStale) {
            return unit;
        }
        mendings.add(new Mending("unit file", "changed → read anew"));
        if (attempt.checksOnly()) {
            return unit;
        }
        systemd.reload();
        UnitView anew = systemd.load(wish.unit());
        staysStale = anew.stale();
        return anew;
    }

    private void missing(Attempt attempt, List<Mending> mendings) throws IOException {
        if (!wish.needsTheUnit()) {
            return;
        }
        if (!attempt.checksOnly()) {
            throw new IOException(
                    "there is no unit "
                            + wish.unit()
                            + " on this host (install the package that has it, or add a file"
                            + " resource for it)");
        }
        // Under noop, what comes before may be going to bring it.
        wish.startup().ifPresent(_ -> mendings.add(new Mending("startup", "absent → enabled")));
        wish.state().ifPresent(_ -> mendings.add(new Mending("state", "absent → running")));
    }

    private void mendState(UnitView unit, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        if (wish.wants(State.RUNNING) && !unit.running()) {
            fault.refuseStart(unit);
            mendings.add(new Mending("state", past(unit) + " → running"));
            apply(Verb.START, attempt);
        } else if (wish.wants(State.STOPPED) && !unit.stopped()) {
            mendings.add(new Mending("state", past(unit) + " → stopped"));
            apply(Verb.STOP, attempt);
        }
    }

    private static String past(UnitView unit) {
        return switch (unit.active()) {
            case "active" -> "running";
            case "inactive" -> "stopped";
            default -> unit.active();
        };
    }

    private void apply(Verb verb, Attempt attempt) throws IOException, InterruptedException {
        if (attempt.checksOnly()) {
            return;
        }
        Ended ended = run(verb);
        for (int tries = 1; ended.how().equals("canceled") && tries < TRIES; tries++) {
            ended = run(verb);
        }
        boolean reached =
                switch (verb) {
                    case START, REFRESH -> ended.after().running();
                    case STOP -> ended.after().stopped();
                };
        if (!reached) {
            throw fault.of(verb, ended.how(), ended.after());
        }
    }

    /** How a job ended, and what came of it. */
    private record Ended(String how, UnitView after) {}

    private Ended run(Verb verb) throws IOException, InterruptedException {
        UnitWatch watching = watch;
        if (watching == null) {
            return new Ended(systemd.run(verb, wish.unit()), systemd.load(wish.unit()));
        }
        watching.expect();
        UnitView after = null;
        try {
            String how = systemd.run(verb, wish.unit());
            after = systemd.load(wish.unit());
            return new Ended(how, after);
        } finally {
            watching.expectNoMore(after);
        }
    }

    private void refresh(Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        if (attempt.checksOnly()) {
            mendings.add(new Mending("refresh", "would be reloaded or restarted"));
            return;
        }
        Ended ended = run(Verb.REFRESH);
        if (!ended.how().equals("done")) {
            throw fault.of(Verb.REFRESH, ended.how(), ended.after());
        }
        mendings.add(new Mending("refresh", "reloaded or restarted"));
    }
}
