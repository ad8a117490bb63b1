package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.archive.Manifest.Item;
import dev.mgmt.engine.kind.archive.TarResource.Clash;
import dev.mgmt.engine.kind.file.Access;
import dev.mgmt.engine.kind.file.FileMode;
import dev.mgmt.engine.kind.file.FileShape;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.Removal;
import dev.mgmt.engine.os.TemporaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One look at a directory, and, if asked for, making it hold what a manifest says. Directories come
 * first and get their modes last, so that nobody else looks into one, and a mode that forbids
 * writing hinders nothing. Nothing is written through a link below the directory: all that leads to
 * a path was seen to be a directory before. Against somebody who may write there and puts a link in
 * between, this does not help: neither does it in {@code file}.
 */
final class Unpacking {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final TarResource resource;
    private final Manifest manifest;
    private final Map<Path, FileStamp> right;
    private final Access.Mode how;
    private final Findings findings;
    private final Path root;

    Unpacking(
            TarResource resource,
            Manifest manifest,
            Map<Path, FileStamp> right,
            Access.Mode how,
            Findings findings) {
        this.resource = resource;
        this.manifest = manifest;
        this.right = right;
        this.how = how;
        this.findings = findings;
        root = resource.path();
    }

    void run() throws IOException, InterruptedException {
        Set<Path> made = new HashSet<>();
        makeRoot();
        for (Map.Entry<Path, Item> entry : manifest.items().entrySet()) {
            if (entry.getValue() instanceof Item.Directory(OptionalInt mode)) {
                makeDirectory(entry.getKey(), mode, made);
            }
        }
        regularFiles();
        links();
        modesOfDirectories(made);
    }

    private void makeRoot() throws IOException {
        FileStamp present = FileStamp.behind(root); // A link to a directory does as well as one.
        if (present != null && present.type() != FileStamp.Type.DIRECTORY) {
            throw new FileFault(root + " is not a directory");
        }
        if (present == null) {
            findings.add("state", root, "absent → exists");
            if (how == Access.Mode.APPLY) {
                Path parent = root.getParent();
                if (parent != null && !Files.isDirectory(parent)) {
                    throw new FileFault(
                            "the directory of " + root + " does not exist (add a resource for it)");
                }
                Files.createDirectory(root);
            }
        }
        present = FileStamp.behind(root);
        if (present != null) {
            mendAccess(root, present, OptionalInt.empty(), FileShape.DIRECTORY, findings);
        }
    }

    private void makeDirectory(Path path, OptionalInt mode, Set<Path> made)
            throws IOException, InterruptedException {
        Path at = root.resolve(path);
        if (makeWay(at, FileStamp.Type.DIRECTORY) != null) {
            return;
        }
        findings.add("state", at, "absent → exists");
        if (how == Access.Mode.APPLY) {
            if (mode.isPresent()) {
                Files.createDirectory(at, OWNER_ONLY);
            } else {
                Files.createDirectory(at);
            }
            made.add(path);
        }
    }

    private void modesOfDirectories(Set<Path> made) throws IOException {
        List<Path> paths = new ArrayList<>(manifest.items().keySet());
        for (Path path : paths.reversed()) {
            FileStamp present = FileStamp.of(root.resolve(path));
            if (present != null && manifest.items().get(path) instanceof Item.Directory(var mode)) {
                // That one is new was told already.
                Findings told = made.contains(path) ? new Findings() : findings;
                mendAccess(root.resolve(path), present, mode, FileShape.DIRECTORY, told);
            }
        }
    }

    /** Reads the archive only if some file is not known to be right. */
    private void regularFiles() throws IOException, InterruptedException {
        Map<Integer, Path> open = new HashMap<>();
        long missing = 0;
        for (Map.Entry<Path, Item> entry : manifest.items().entrySet()) {
            if (entry.getValue() instanceof Item.Regular file) {
                FileStamp present = FileStamp.of(root.resolve(entry.getKey()));
                if (present == null || !present.same(right.get(entry.getKey()))) {
                    open.put(file.entry(), entry.getKey());
                }
                if (present == null || present.size() != file.size()) {
                    missing += file.size();
                }
            }
        }
        if (open.isEmpty()) {
            return;
        }
        if (how == Access.Mode.APPLY) {
            expectRoom(missing);
        }
        try (ArchiveFile archive = ArchiveFile.open(resource.source())) {
            ArchivedFiles files = new ArchivedFiles(archive);
            while (!open.isEmpty() && files.next()) {
                Path path = open.remove(files.number());
                if (path != null && manifest.items().get(path) instanceof Item.Regular file) {
                    regularFile(path, file, files);
                }
            }
        }
    }

    private void expectRoom(long bytes) throws IOException {
        long room = Files.getFileStore(root).getUsableSpace();
        if (bytes > room) {
            throw new FileFault(
                    "%s has no room for what is in %s: %d bytes are missing, %d are free"
                            .formatted(root, resource.source(), bytes, room));
        }
    }

    private void regularFile(Path path, Item.Regular file, ArchivedFiles files)
            throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        Path at = root.resolve(path);
        right.remove(path);
        FileStamp present = makeWay(at, FileStamp.Type.REGULAR);
        if (files.equal(at, present, file)) {
            int before = findings.count();
            if (present != null) {
                mendAccess(at, present, OptionalInt.of(file.mode()), FileShape.REGULAR, findings);
            }
            if (present != null && findings.count() == before && present.settledAt(now)) {
                right.put(path, present);
            }
            return;
        }
        if (how == Access.Mode.APPLY) {
            files.replace(at, present, file, access(OptionalInt.of(file.mode())));
        }
        findings.add("content", at, present == null ? "new" : "replaced");
    }

    private void links() throws IOException, InterruptedException {
        for (Map.Entry<Path, Item> entry : manifest.items().entrySet()) {
            Path at = root.resolve(entry.getKey());
            switch (entry.getValue()) {
                case Item.Link(Path target) -> link(at, target);
                case Item.HardLink(Path to) -> hardLink(at, root.resolve(to));
                case Item.Directory(OptionalInt _), Item.Regular _ -> {}
            }
        }
    }

    private void link(Path at, Path target) throws IOException, InterruptedException {
        FileStamp present = makeWay(at, FileStamp.Type.LINK);
        if (present != null && Files.readSymbolicLink(at).equals(target)) {
            List<Mending> found = new ArrayList<>(0);
            access(OptionalInt.empty()).mendOwners(at, how, found);
            found.forEach(mending -> findings.add(mending.property(), at, mending.detail()));
            return;
        }
        findings.add("target", at, "→ " + target);
        if (how == Access.Mode.APPLY) {
            try (TemporaryFile made = TemporaryFile.linkBeside(at, target)) {
                access(OptionalInt.empty()).setOwners(made.path());
                made.place(at);
            }
        }
    }

    private void hardLink(Path at, Path to) throws IOException, InterruptedException {
        FileStamp present = makeWay(at, FileStamp.Type.REGULAR);
        FileStamp file = FileStamp.of(to);
        if (present != null && file != null && Files.isSameFile(at, to)) {
            return;
        }
        findings.add("target", at, "the same file as " + to);
        if (how == Access.Mode.APPLY) {
            try (TemporaryFile made = TemporaryFile.hardLinkBeside(at, to)) {
                made.place(at);
            }
        }
    }

    /** What stands there if it is of this type; null if there is nothing, or nothing more. */
    private @Nullable FileStamp makeWay(Path at, FileStamp.Type type)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        FileStamp present = FileStamp.of(at);
        if (present == null || present.type() == type) {
            return present;
        }
        if (resource.clash() == Clash.IS_ERROR) {
            throw new FileFault(
                    at + " is of another type than in the archive (`force: true` replaces it)");
        }
        findings.add("type", at, "is replaced");
        if (how == Access.Mode.APPLY) {
            Removal.of(at);
        }
        return null;
    }

    private void mendAccess(
            Path at, FileStamp present, OptionalInt mode, FileShape shape, Findings told)
            throws IOException {
        Access access = access(mode);
        if (!access.unmanaged()) {
            List<Mending> found = new ArrayList<>(0);
            access.mend(at, present, shape, how, found);
            found.forEach(mending -> told.add(mending.property(), at, mending.detail()));
        }
    }

    private Access access(OptionalInt mode) {
        return new Access(
                resource.owner(),
                resource.group(),
                mode.isPresent()
                        ? Optional.of(new FileMode.Octal(mode.getAsInt()))
                        : Optional.empty());
    }
}
