package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.driver.Keeper.Watch;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Hears of an archive and of what it unpacks to, and of nothing else in the same directories: what
 * a program writes beside its own files is not looked at.
 */
final class Following implements Watch {
    private final DirectoryWatches watches;
    private final Runnable changed;
    private final PathWatch basis;
    private @Nullable PathWatch contents;
    private @Nullable Manifest followed;
    private boolean over;

    Following(DirectoryWatches watches, Runnable changed) {
        this.watches = watches;
        this.changed = changed;
        basis = watches.open(changed);
    }

    void add(Path path) throws IOException {
        basis.add(path);
    }

    /** From now on of the paths of this one, below that directory. */
    synchronized void follow(Manifest manifest, Path directory) throws IOException {
        if (over || manifest.equals(followed)) {
            return;
        }
        PathWatch next = watches.open(changed);
        boolean done = false;
        try {
            for (Path path : manifest.items().keySet()) {
                next.add(directory.resolve(path));
            }
            done = true;
        } finally {
            if (!done) {
                next.close();
            }
        }
        closeContents();
        contents = next;
        followed = manifest;
    }

    @Override
    public synchronized void close() {
        over = true;
        basis.close();
        closeContents();
    }

    private void closeContents() {
        PathWatch open = contents;
        if (open != null) {
            open.close();
        }
    }
}
