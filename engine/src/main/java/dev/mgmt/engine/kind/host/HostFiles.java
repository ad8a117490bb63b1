package dev.mgmt.engine.kind.host;

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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The system's files as the drivers of this family share them. */
record HostFiles(HostRoot root, DirectoryWatches watches, Turns turns, TextFiles texts) {
    static HostFiles of(HostTools tools) {
        return new HostFiles(
                tools.shared(HostRoot.class, _ -> HostRoot.REAL),
                tools.watches(),
                tools.shared(Turns.class, _ -> new Turns()),
                new TextFiles(tools.shared(QuietFiles.class, _ -> new QuietFiles())));
    }

    Watch watch(WatchListener listener, List<Path> paths) throws IOException {
        return open(listener, paths)::close;
    }

    PathWatch open(WatchListener listener, List<Path> paths) throws IOException {
        PathWatch made = watches.open(listener::changed, listener::ended);
        for (Path path : paths) {
            try {
                made.add(path);
            } catch (IOException e) {
                made.close();
                throw FileFault.of("watch", path, e);
            }
        }
        return made;
    }

    /**
     * What is behind a path that is a link: that stays one, and this is changed. The path as it is
     * where it leads nowhere; a link may be put there at any time afterwards.
     */
    static Path behind(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            return path;
        }
    }
}
