package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.Removal;
import dev.mgmt.engine.os.TemporaryFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory that follows another one with everything below it. What the other does not have stays
 * unless {@code purge} is asked for. Files keep the mode of their source; owner and group, where
 * given, are those of the resource.
 */
final class Tree {
    private final Path source;
    private final Path target;
    private final FileResource resource;
    private final Disclosure disclosure;
    private final Access access;
    private final Map<Path, RegularFile> files = new HashMap<>();

    Tree(Path source, FileResource resource, Disclosure disclosure) {
        this.source = source;
        this.resource = resource;
        this.disclosure = disclosure;
        target = resource.path();
        access = Access.of(resource).withoutMode();
    }

    void mend(Access.Mode how, @Nullable PathWatch watch, List<Mending> mendings)
            throws IOException, InterruptedException {
        FileStamp root = FileStamp.behind(source);
        if (root == null || root.type() != FileStamp.Type.DIRECTORY) {
            throw new FileFault("the source " + source + " is not a directory");
        }
        Set<Path> seen = new HashSet<>();
        Walk walk = new Walk(how, watch, mendings, seen);
        walk.directory(source, target);
        files.keySet().retainAll(seen);
        if (watch != null) {
            watch.retain(walk.covered);
        }
    }

    /** One pass over both trees. */
    private final class Walk {
        private final Access.Mode how;
        private final @Nullable PathWatch watch;
        private final List<Mending> mendings;
        private final Set<Path> seen;
        private final Set<Path> covered = new HashSet<>();

        private Walk(
                Access.Mode how,
                @Nullable PathWatch watch,
                List<Mending> mendings,
                Set<Path> seen) {
            this.how = how;
            this.watch = watch;
            this.mendings = mendings;
            this.seen = seen;
        }

        private void directory(Path from, Path to) throws IOException, InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            // Watched before it is listed, so that what comes in between is an event.
            cover(from);
            cover(to);
            Set<Path> names = new HashSet<>();
            for (Path entry : entries(from)) {
                names.add(entry.getFileName());
                entry(entry, to.resolve(entry.getFileName()));
            }
            if (resource.purge() && Files.isDirectory(to)) {
                purge(to, names);
            }
        }

        private void entry(Path from, Path to) throws IOException, InterruptedException {
            FileStamp wanted = FileStamp.of(from);
            FileStamp present = FileStamp.of(to);
            if (wanted == null) {
                return; // Gone since the listing; an event is on its way.
            }
            switch (wanted.type()) {
                case DIRECTORY -> {
                    subdirectory(to, present);
                    directory(from, to);
                }
                case REGULAR -> {
                    seen.add(to);
                    FileStamp replaced = makeWay(to, present, FileStamp.Type.REGULAR);
                    file(from, to).mend(replaced, how, mendings);
                }
                case LINK -> link(from, to, present);
                case OTHER -> throw new FileFault(from + " is a special file and is not copied");
            }
        }

        private void subdirectory(Path to, @Nullable FileStamp present)
                throws IOException, InterruptedException {
            if (makeWay(to, present, FileStamp.Type.DIRECTORY) != null) {
                return;
            }
            mendings.add(new Mending("state", to + ": absent → exists"));
            if (how == Access.Mode.APPLY) {
                Files.createDirectory(to);
                access.setOwners(to);
            }
        }

        private void link(Path from, Path to, @Nullable FileStamp present)
                throws IOException, InterruptedException {
            Path wanted = Files.readSymbolicLink(from);
            FileStamp replaced = makeWay(to, present, FileStamp.Type.LINK);
            if (replaced != null && Files.readSymbolicLink(to).equals(wanted)) {
                return;
            }
            mendings.add(new Mending("target", to + " → " + wanted));
            if (how == Access.Mode.APPLY) {
                try (TemporaryFile made = TemporaryFile.linkBeside(to, wanted)) {
                    made.place(to);
                }
            }
        }

        /** What stands there if it is of this type; null if there is nothing, or nothing more. */
        private @Nullable FileStamp makeWay(
                Path to, @Nullable FileStamp present, FileStamp.Type type)
                throws IOException, InterruptedException {
            if (present == null || present.type() == type) {
                return present;
            }
            if (!resource.force()) {
                throw new FileFault(
                        to + " is of another type than in the source (`force: true` replaces it)");
            }
            mendings.add(new Mending("type", to + " is replaced"));
            if (how == Access.Mode.APPLY) {
                Removal.of(to);
            }
            return null;
        }

        private void purge(Path to, Set<Path> names) throws IOException, InterruptedException {
            for (Path entry : entries(to)) {
                if (names.contains(entry.getFileName())) {
                    continue;
                }
                mendings.add(new Mending("purge", entry.toString()));
                if (how == Access.Mode.APPLY) {
                    Removal.of(entry);
                }
            }
        }

        private void cover(Path directory) throws IOException {
            covered.add(directory);
            if (watch != null) {
                watch.cover(directory);
            }
        }
    }

    private RegularFile file(Path from, Path to) {
        return files.computeIfAbsent(
                to, _ -> new RegularFile(to, new Wanted.CopyOf(List.of(from)), access, disclosure));
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                entries.add(entry);
            }
        }
        entries.sort(null);
        return entries;
    }
}
