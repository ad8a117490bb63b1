package dev.mgmt.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * Watches one file for edits. The directory is watched, not the file, because many editors write
 * beside it and rename. That the file may have been edited is told when it has been left alone for
 * a moment, so that it is not read while half of it is written.
 */
final class EditedFile {
    /** A watch that goes on until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private static final long LEFT_ALONE_MILLISECONDS = 20;

    private final Path file;
    private final WatchService watches;
    private final Runnable listener;

    private EditedFile(Path file, WatchService watches, Runnable listener) {
        this.file = file;
        this.watches = watches;
        this.listener = listener;
    }

    /**
     * @param listener called from a thread of its own; also once at the beginning, for what was
     *     written just before
     */
    static Watch watch(Path file, Runnable listener) {
        try {
            WatchService watches = FileSystems.getDefault().newWatchService();
            Path absolute = file.toAbsolutePath();
            absolute.resolveSibling(".")
                    .register(
                            watches,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY);
            EditedFile edited = new EditedFile(absolute, watches, listener);
            Thread.ofVirtual().name("edits of " + file).start(edited::follow);
            return edited::close;
        } catch (IOException unwatchable) {
            throw new UncheckedIOException("cannot watch " + file, unwatchable);
        }
    }

    private void follow() {
        try {
            listener.run();
            boolean goesOn = true;
            while (goesOn) {
                WatchKey key = watches.take();
                Thread.sleep(LEFT_ALONE_MILLISECONDS);
                if (key.pollEvents().stream().anyMatch(this::concerns)) {
                    listener.run();
                }
                goesOn = key.reset();
            }
        } catch (ClosedWatchServiceException closed) {
            // The end that was asked for.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** An event without a name says that some were lost. */
    private boolean concerns(WatchEvent<?> event) {
        return !(event.context() instanceof Path name) || file.endsWith(name);
    }

    private void close() {
        try {
            watches.close();
        } catch (IOException unclosable) {
            throw new UncheckedIOException("the watch of " + file, unclosable);
        }
    }
}
