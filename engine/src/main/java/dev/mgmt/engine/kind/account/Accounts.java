package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.Keeper.Watch;
import dev.mgmt.engine.driver.Keeper.WatchListener;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.os.QuietFiles;
import dev.mgmt.engine.os.Turns;
import java.io.IOException;
import java.nio.file.Path;

/** What all drivers of accounts share. */
record Accounts(
        HostRoot root,
        AccountFiles files,
        DirectoryWatches watches,
        Turns turns,
        QuietFiles quiet) {
    static Accounts of(HostTools tools) {
        return tools.shared(
                Accounts.class,
                shared -> {
                    HostRoot root = shared.shared(HostRoot.class, _ -> HostRoot.REAL);
                    Turns turns = shared.shared(Turns.class, _ -> new Turns());
                    QuietFiles quiet = shared.shared(QuietFiles.class, _ -> new QuietFiles());
                    return new Accounts(
                            root, new AccountFiles(root), shared.watches(), turns, quiet);
                });
    }

    /** One change of accounts at a time: the tools give up where they find the files locked. */
    Turns.Turn turn() throws InterruptedException {
        return turns.take(files.paths().getFirst());
    }

    AccountTools tools() throws FileFault {
        return AccountTools.of(root);
    }

    PathWatch open(WatchListener listener) throws IOException {
        PathWatch made = watches.open(listener::changed, listener::ended);
        try {
            for (Path path : files.paths()) {
                made.add(path);
            }
            return made;
        } catch (IOException e) {
            made.close();
            throw FileFault.of("watch", files.paths().getFirst(), e);
        }
    }

    Watch watch(WatchListener listener) throws IOException {
        return open(listener)::close;
    }
}
