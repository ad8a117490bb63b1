package dev.mgmt.remote.push;

import dev.mgmt.remote.inventory.Inventory;
import dev.mgmt.remote.inventory.InventoryOptions;
import dev.mgmt.remote.inventory.InventoryReader;
import dev.mgmt.remote.inventory.InventoryReading;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Watches every file of an inventory while a run goes on. After each change everything is read and
 * checked anew; what comes of it is measured against the last inventory that was taken up.
 *
 * <p>{@link #next} belongs to one thread; {@link #close} may come from any.
 */
public final class GraphWatch implements AutoCloseable {
    private final InventoryReader reader;
    private final InventoryOptions options;
    private final List<Path> named;
    private final WatchedFiles watched;
    private Inventory current;
    private boolean started;

    private GraphWatch(
            InventoryReader reader,
            InventoryOptions options,
            List<Path> named,
            Inventory current,
            WatchedFiles watched) {
        this.reader = reader;
        this.options = options;
        this.named = List.copyOf(named);
        this.current = current;
        this.watched = watched;
    }

    /**
     * Starts to watch. What changed since {@code current} was read is noticed too.
     *
     * @param named the files that {@code current} was read from
     */
    public static GraphWatch open(
            InventoryReader reader, InventoryOptions options, List<Path> named, Inventory current)
            throws IOException {
        WatchedFiles watched = new WatchedFiles(FileSystems.getDefault().newWatchService());
        try {
            watched.cover(current.files());
        } catch (IOException e) {
            watched.close();
            throw e;
        }
        return new GraphWatch(reader, options, named, current, watched);
    }

    /**
     * Blocks until files were changed.
     *
     * @return what that means; empty once this watch is closed
     * @throws IOException when files can be watched no longer
     */
    public Optional<Edit> next() throws IOException, InterruptedException {
        try {
            if (!started) {
                started = true;
                Edit meanwhile = read();
                if (!(meanwhile instanceof Edit.Unchanged)) {
                    return Optional.of(meanwhile);
                }
            }
            watched.awaitChange();
            return Optional.of(read());
        } catch (ClosedWatchServiceException closed) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        watched.close();
    }

    /** Read once more if a directory was not watched before: it may have changed since. */
    private Edit read() throws IOException {
        InventoryReading reading = reader.read(named, options);
        while (watched.cover(files(reading))) {
            reading = reader.read(named, options);
        }
        Edit edit = InventoryChange.between(current, reading);
        if (edit instanceof Edit.Edited edited) {
            current = edited.inventory();
        }
        return edit;
    }

    private static List<Path> files(InventoryReading reading) {
        return switch (reading) {
            case InventoryReading.Valid valid -> valid.inventory().files();
            case InventoryReading.Invalid invalid -> invalid.files();
        };
    }
}
