package dev.mgmt.cli.command;

import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * INT and TERM, told instead of ending the process, for as long as this is open. The JDK has no
 * public door to signals; of the terminal library only this one class is loaded.
 */
final class ProcessSignals implements AutoCloseable {
    enum Signal {
        INT,
        TERM
    }

    private final Object previousInt;
    private final Object previousTerm;

    private ProcessSignals(Consumer<Signal> listener) {
        previousInt = Signals.register(Signal.INT.name(), () -> listener.accept(Signal.INT));
        previousTerm = Signals.register(Signal.TERM.name(), () -> listener.accept(Signal.TERM));
    }

    /**
     * @param listener called from a thread of its own for each signal
     */
    static ProcessSignals toldTo(Consumer<Signal> listener) {
        return new ProcessSignals(listener);
    }

    @Override
    public void close() {
        Signals.unregister(Signal.INT.name(), previousInt);
        Signals.unregister(Signal.TERM.name(), previousTerm);
    }
}
