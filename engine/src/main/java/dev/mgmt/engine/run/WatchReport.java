package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Keeper.WatchListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what a watch tells, in the order a run must hear it: that it has started comes before
 * anything else. A watch may end, or see a change, before the call that makes it has returned.
 * However many changes it sees, one at a time waits to be taken in: a storm of events fills no
 * queue.
 */
final class WatchReport implements WatchListener {
    private final Ticket vertex;
    private final Consumer<Input> inputs;
    private boolean started;
    private boolean changed;
    private boolean untaken;
    private @Nullable String end;

    WatchReport(Ticket vertex, Consumer<Input> inputs) {
        this.vertex = vertex;
        this.inputs = inputs;
    }

    synchronized void started() {
        started = true;
        inputs.accept(new Input.WatchStarted(vertex));
        if (changed) {
            changed();
        }
        if (end != null) {
            inputs.accept(new Input.WatchEnded(vertex, end));
        }
    }

    /** It could not be made. */
    void failed(String reason) {
        inputs.accept(new Input.WatchEnded(vertex, reason));
    }

    @Override
    public synchronized void changed() {
        changed = true;
        if (started && !untaken) {
            untaken = true;
            inputs.accept(new Input.Disturbed(vertex));
        }
    }

    /** The run takes in what was told now: what changes from here on must be told again. */
    synchronized void taken() {
        untaken = false;
    }

    @Override
    public synchronized void ended(String reason) {
        end = reason;
        if (started) {
            inputs.accept(new Input.WatchEnded(vertex, reason));
        }
    }
}
