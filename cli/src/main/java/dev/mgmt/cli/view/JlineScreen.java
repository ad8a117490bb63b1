package dev.mgmt.cli.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The process's own terminal. Asks for the size once and again whenever the terminal says that it
 * changed, not at every frame.
 */
final class JlineScreen implements Screen {
    private static final int ROWS_WHEN_UNKNOWN = 24;
    private static final int COLUMNS_WHEN_UNKNOWN = 80;

    private final Terminal terminal;
    private volatile Size size;

    private JlineScreen(Terminal terminal) {
        this.terminal = terminal;
        this.size = terminal.getSize();
        terminal.handle(Terminal.Signal.WINCH, _ -> size = terminal.getSize());
    }

    /**
     * Calls into the C library where the runtime allows it, and {@code stty} elsewhere: the third
     * way would unpack a library into the temporary directory. Signals stay with the program.
     */
    static JlineScreen open() {
        String provider =
                TerminalBuilder.class.getModule().isNativeAccessEnabled() ? "ffm" : "exec";
        try {
            return new JlineScreen(
                    TerminalBuilder.builder()
                            .system(true)
                            .provider(provider)
                            .nativeSignals(true)
                            .signalHandler(Terminal.SignalHandler.SIG_DFL)
                            .build());
        } catch (IOException unusable) {
            throw new UncheckedIOException("the terminal cannot be opened", unusable);
        }
    }

    @Override
    public int rows() {
        return size.getRows() > 0 ? size.getRows() : ROWS_WHEN_UNKNOWN;
    }

    @Override
    public int columns() {
        return size.getColumns() > 0 ? size.getColumns() : COLUMNS_WHEN_UNKNOWN;
    }

    @Override
    public void write(String text) {
        terminal.writer().write(text);
        terminal.writer().flush();
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException alreadyGone) {
            // The terminal was hung up: there is nothing left to restore.
        }
    }
}
