package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.file.FileResource.Content;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.Removal;
import dev.mgmt.engine.os.TemporaryFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps one file resource true. */
final class FileKeeper implements Keeper {
    private final FileResource resource;
    private final Path path;
    private final Access access;
    private final DirectoryWatches watches;
    private final Body body;
    private volatile @Nullable PathWatch watch;

    /** What the resource asks to be at its path. */
    private sealed interface Body {
        record Nothing() implements Body {}

        record Plain(RegularFile file) implements Body {}

        record Link(Path target) implements Body {}

        record Directory() implements Body {}

        record Synced(Tree tree) implements Body {}
    }

    FileKeeper(FileResource resource, DirectoryWatches watches) {
        this.resource = resource;
        this.watches = watches;
        path = resource.path();
        access = Access.of(resource);
        body = body();
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        Access.Mode how = Access.Mode.of(attempt);
        List<Mending> mendings = new ArrayList<>(2);
        try {
            mend(how, mendings);
        } catch (IOException e) {
            String reason = FileFault.of("check", path, e).getMessage();
            return new Outcome.Failed(
                    reason == null ? e.toString() : reason,
                    attempt.checksOnly() ? List.of() : mendings);
        }
        return Outcome.of(attempt, mendings);
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException {
        PathWatch made = watches.open(listener::changed, listener::ended);
        try {
            made.add(path);
            for (Path origin : origins()) {
                made.add(origin);
            }
        } catch (IOException e) {
            made.close();
            throw FileFault.of("watch", path, e);
        }
        watch = made;
        return made::close;
    }

    private Body body() {
        if (resource.state() != FileResource.State.EXISTS) {
            return new Body.Nothing();
        }
        Disclosure disclosure = resource.sensitive() ? Disclosure.SENSITIVE : Disclosure.OPEN;
        return switch (resource.content()) {
            case Content.Unmanaged() when resource.shape() == FileShape.DIRECTORY ->
                    new Body.Directory();
            case Content.Unmanaged() -> plain(new Wanted.Anything(), disclosure);
            case Content.Text(String text) ->
                    plain(new Wanted.Bytes(text.getBytes(StandardCharsets.UTF_8)), disclosure);
            case Content.Fragments(List<Path> paths) -> plain(new Wanted.CopyOf(paths), disclosure);
            case Content.Link(String target) -> new Body.Link(Path.of(target));
            case Content.Source(Path source, FileShape shape) ->
                    switch (shape) {
                        case REGULAR -> plain(new Wanted.CopyOf(List.of(source)), disclosure);
                        case DIRECTORY -> new Body.Synced(new Tree(source, resource, disclosure));
                    };
        };
    }

    private Body plain(Wanted wanted, Disclosure disclosure) {
        return new Body.Plain(new RegularFile(path, wanted, access, disclosure));
    }

    private List<Path> origins() {
        return switch (resource.content()) {
            case Content.Fragments(List<Path> paths) -> paths;
            case Content.Source(Path source, FileShape _) -> List.of(source);
            case Content.Unmanaged(), Content.Text(String _), Content.Link(String _) -> List.of();
        };
    }

    private void mend(Access.Mode how, List<Mending> mendings)
            throws IOException, InterruptedException {
        FileStamp present = FileStamp.of(path);
        switch (body) {
            case Body.Nothing() -> remove(present, how, mendings);
            case Body.Plain(RegularFile file) -> {
                if (makeWay(present, FileStamp.Type.REGULAR, how, mendings)) {
                    file.mend(present, how, mendings);
                }
            }
            case Body.Link(Path target) -> link(target, present, how, mendings);
            case Body.Directory() -> directory(present, how, mendings);
            case Body.Synced(Tree tree) -> {
                directory(present, how, mendings);
                tree.mend(how, watch, mendings);
            }
        }
    }

    private void remove(@Nullable FileStamp present, Access.Mode how, List<Mending> mendings)
            throws IOException, InterruptedException {
        if (present == null) {
            return;
        }
        boolean vacated = resource.state() == FileResource.State.VACATED;
        if (vacated && present.type() == FileStamp.Type.DIRECTORY && !isEmpty()) {
            throw new FileFault(
                    path + " is not empty: what is in it is not of this resource's making");
        }
        mendings.add(new Mending("state", "exists → absent"));
        if (how == Access.Mode.APPLY) {
            Removal.of(path);
        }
    }

    private boolean isEmpty() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        }
    }

    private void link(
            Path target, @Nullable FileStamp present, Access.Mode how, List<Mending> mendings)
            throws IOException, InterruptedException {
        if (!makeWay(present, FileStamp.Type.LINK, how, mendings)) {
            return;
        }
        String before = "nothing";
        if (present != null && present.type() == FileStamp.Type.LINK) {
            Path standing = Files.readSymbolicLink(path);
            if (standing.equals(target)) {
                access.mendOwners(path, how, mendings);
                return;
            }
            before = standing.toString();
        }
        mendings.add(new Mending("target", before + " → " + target));
        if (how == Access.Mode.APPLY) {
            try (TemporaryFile made = TemporaryFile.linkBeside(path, target)) {
                access.setOwners(made.path());
                made.place(path);
            }
        }
    }

    private void directory(@Nullable FileStamp present, Access.Mode how, List<Mending> mendings)
            throws IOException, InterruptedException {
        FileStamp found = present;
        if (present != null && present.type() == FileStamp.Type.LINK) {
            found = FileStamp.behind(path); // A link to a directory does as well as one.
        }
        boolean there = found != null && found.type() == FileStamp.Type.DIRECTORY;
        if (!there) {
            if (!makeWay(present, FileStamp.Type.DIRECTORY, how, mendings)) {
                return;
            }
            mendings.add(new Mending("state", "absent → exists"));
            if (how == Access.Mode.LOOK) {
                return;
            }
            Files.createDirectory(path);
            found = FileStamp.of(path);
        }
        if (found != null && !access.unmanaged()) {
            List<Mending> attributes = there ? mendings : new ArrayList<>();
            access.mend(path, found, FileShape.DIRECTORY, how, attributes);
        }
    }

    /**
     * Sees that something of this type can be put at the path: the parent is there, and nothing of
     * another type is.
     *
     * @return false if there is nothing more to be looked at without applying
     */
    private boolean makeWay(
            @Nullable FileStamp present,
            FileStamp.Type type,
            Access.Mode how,
            List<Mending> mendings)
            throws IOException, InterruptedException {
        if (present == null) {
            makeParents(how);
            return true;
        }
        if (present.type() == type) {
            return true;
        }
        String standing = name(present.type());
        if (!resource.force()) {
            throw new FileFault(
                    path
                            + " is "
                            + standing
                            + " and should be "
                            + name(type)
                            + " (`force: true` replaces it)");
        }
        mendings.add(new Mending("type", standing + " → " + name(type)));
        if (how == Access.Mode.LOOK) {
            return false;
        }
        Removal.of(path);
        return true;
    }

    /** Looks whether the parent is there only when the path is not: mostly it is. */
    private void makeParents(Access.Mode how) throws IOException {
        Path parent = path.getParent();
        if (how == Access.Mode.LOOK || parent == null || Files.isDirectory(parent)) {
            return; // Under noop, what comes before may be going to make it.
        }
        if (!resource.force()) {
            throw new FileFault(
                    "the directory of "
                            + path
                            + " does not exist (`force: true` makes parents, or add a resource for"
                            + " it)");
        }
        Files.createDirectories(parent);
    }

    private static String name(FileStamp.Type type) {
        return switch (type) {
            case REGULAR -> "a regular file";
            case DIRECTORY -> "a directory";
            case LINK -> "a symbolic link";
            case OTHER -> "a special file";
        };
    }
}
