package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.dbus.BusLine;
import dev.mgmt.engine.dbus.Signal;
import dev.mgmt.engine.dbus.SignalMatch;
import dev.mgmt.engine.driver.Keeper.Watch;
import dev.mgmt.engine.driver.Keeper.WatchListener;
import dev.mgmt.engine.kind.systemd.Systemd.UnitFiles;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Listens for what happens to one unit. A state that is on the way to another is not reported:
 * whoever restarts a service by hand is not to be met half way.
 */
final class UnitWatch implements Watch, BusLine.Ear {
    private final UnitWish wish;
    private final WatchListener listener;

    /** The state seen last, by a look or by a signal, settled or not. Guarded by this. */
    private String seen = "";

    /** Whether a job of ours is under way: what is heard then is mostly its doing. */
    private Work work = Work.NONE;

    private volatile BusLine.@Nullable Listening listening;

    UnitWatch(UnitWish wish, WatchListener listener) {
        this.wish = wish;
        this.listener = listener;
    }

    void open(Systemd systemd, UnitView unit) throws IOException, InterruptedException {
        UnitFiles files = wish.startup().isPresent() ? UnitFiles.HEARD : UnitFiles.IGNORED;
        BusLine.Listening made = systemd.listen(files, this);
        listening = made;
        follow(unit);
    }

    /** An alias may have come to stand for another unit since. */
    void follow(UnitView unit) throws IOException, InterruptedException {
        saw(unit);
        BusLine.Listening present = listening;
        if (present != null && wish.state().isPresent()) {
            present.add(SignalMatch.propertiesOf(Systemd.NAME, unit.path()));
        }
    }

    synchronized void saw(UnitView unit) {
        seen = unit.active();
    }

    private enum Work {
        NONE,
        OURS
    }

    /** From now on what happens to the unit is expected. */
    synchronized void expect() {
        work = Work.OURS;
    }

    /**
     * No more. Signals come before answers that were given later: one that disagrees with the last
     * look tells of something that was not our doing.
     *
     * @param after what came of it; null if that is not known
     */
    void expectNoMore(@Nullable UnitView after) {
        boolean other;
        synchronized (this) {
            work = Work.NONE;
            String left = after == null ? "" : after.active();
            other = after == null || (UnitView.settled(seen) && !seen.equals(left));
            seen = left;
        }
        if (other) {
            listener.changed();
        }
    }

    @Override
    public void heard(Signal signal) {
        if (!signal.member().equals("PropertiesChanged")) {
            boolean begins = signal.member().equals("Reloading") && signal.values().contains(true);
            if (!begins) {
                listener.changed();
            }
            return;
        }
        boolean ofUnit = signal.text(0).equals(Systemd.UNIT) && signal.values().size() > 1;
        if (ofUnit
                && signal.values().get(1) instanceof Map<?, ?> properties
                && properties.get("ActiveState") instanceof String state
                && isNews(state)) {
            listener.changed();
        }
    }

    private synchronized boolean isNews(String state) {
        boolean news = !state.equals(seen) && UnitView.settled(state) && work == Work.NONE;
        seen = state;
        return news;
    }

    @Override
    public void missed() {
        listener.changed();
    }

    @Override
    public void ended(String reason) {
        listener.ended(reason);
    }

    @Override
    public void close() {
        BusLine.Listening present = listening;
        if (present != null) {
            present.close();
        }
    }
}
