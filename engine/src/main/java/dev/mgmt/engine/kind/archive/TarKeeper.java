package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.archive.Manifest.Draft;
import dev.mgmt.engine.kind.file.Access;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is in one archive unpacked. The whole archive is read, and refused if need be, before
 * anything is written.
 */
final class TarKeeper implements Keeper {
    /** All of them are remembered, at about a quarter of a KiB each. */
    private static final int MOST_ENTRIES = 200_000;

    private final TarResource resource;
    private final DirectoryWatches watches;
    private volatile @Nullable Following following;
    private volatile @Nullable Known known;

    /**
     * @param source the archive's stamp when it was read
     * @param right under which each file was last found as it should be
     */
    private record Known(FileStamp source, Manifest manifest, Map<Path, FileStamp> right) {}

    TarKeeper(TarResource resource, DirectoryWatches watches) {
        this.resource = resource;
        this.watches = watches;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        FileStamp source = FileStamp.behind(resource.source());
        if (source == null && attempt.checksOnly()) {
            // What comes before may be going to make it.
            String detail = resource.path() + ": " + resource.source() + " is not there yet";
            return new Outcome.Deviates(List.of(new Mending("content", detail)));
        }
        if (source == null || source.type() != FileStamp.Type.REGULAR) {
            String is = source == null ? " does not exist" : " is not a regular file";
            throw new FileFault("the archive " + resource.source() + is);
        }
        Findings findings = new Findings();
        try {
            mend(source, Access.Mode.of(attempt), findings);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(); // What a read in vain was told.
            }
            String reason = FileFault.of("unpack to", resource.path(), e).getMessage();
            return new Outcome.Failed(
                    String.valueOf(reason), attempt.checksOnly() ? List.of() : findings.mendings());
        }
        return Outcome.of(attempt, findings.mendings());
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException {
        Following made = new Following(watches, listener::changed);
        try {
            made.add(resource.source());
            made.add(resource.path());
            following = made;
            Known present = known;
            if (present != null) {
                made.follow(present.manifest(), resource.path());
            }
        } catch (IOException e) {
            made.close();
            throw FileFault.of("watch", resource.path(), e);
        }
        return made;
    }

    private void mend(FileStamp source, Access.Mode how, Findings findings)
            throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        Known present = known;
        if (present == null || !source.same(present.source())) {
            present = new Known(source, read(), new HashMap<>());
        }
        // Remembered even where it is too young to be trusted: a watch that begins follows it.
        known = present;
        Following open = following;
        if (open != null) {
            open.follow(present.manifest(), resource.path());
        }
        boolean done = false;
        try {
            new Unpacking(resource, present.manifest(), present.right(), how, findings).run();
            done = true;
        } finally {
            if (!done || !source.settledAt(now)) {
                known = null;
            }
        }
        if (!source.same(FileStamp.behind(resource.source()))) {
            known = null;
            throw new FileFault(
                    "the archive " + resource.source() + " was changed while it was unpacked");
        }
    }

    private Manifest read() throws IOException, InterruptedException {
        long room = Files.getFileStore(standing(resource.path())).getTotalSpace();
        Draft draft = new Draft(resource.strip(), MOST_ENTRIES, room > 0 ? room : Long.MAX_VALUE);
        try (ArchiveFile archive = ArchiveFile.open(resource.source())) {
            try {
                TarReader reader = new TarReader(archive.bytes());
                for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                    draft.add(entry);
                }
                archive.finish();
                return draft.finish();
            } catch (IOException e) {
                throw archive.fault(e);
            }
        }
    }

    /** The directory, or the nearest above it that is there. */
    private static Path standing(Path directory) {
        Path standing = directory;
        while (standing.getParent() != null && !Files.isDirectory(standing)) {
            standing = standing.getParent();
        }
        return standing;
    }
}
