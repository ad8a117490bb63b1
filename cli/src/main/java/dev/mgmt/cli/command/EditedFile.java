package dev.mgmt.cli.command;

import dev.mgmt.remote.push.WatchedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.List;

/** Tells when one file may have been edited. */
final class EditedFile {
    /** A watch that goes on until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private EditedFile() {}

    /**
     * @param listener called from a thread of its own; also once at the beginning, for what was
     *     written just before
     */
    static Watch watch(Path file, Runnable listener) {
        try {
            WatchedFiles files = WatchedFiles.open();
            files.cover(List.of(file));
            Thread.ofVirtual().name("edits").start(() -> follow(file, files, listener));
            return files::close;
        } catch (IOException unwatchable) {
            throw new UncheckedIOException("cannot watch " + file, unwatchable);
        }
    }

    private static void follow(Path file, WatchedFiles files, Runnable listener) {
        try {
            while (true) {
                listener.run();
                files.awaitChange();
                // A directory on the way may be another one now.
                files.cover(List.of(file));
            }
        } catch (ClosedWatchServiceException closed) {
            // The end that was asked for.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException unwatchable) {
            throw new UncheckedIOException("cannot watch " + file + " any longer", unwatchable);
        }
    }
}
