package dev.mgmt.engine.kind.download;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.file.Access;
import dev.mgmt.engine.kind.file.FileShape;
import dev.mgmt.engine.kind.file.Replacement;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.TemporaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one downloaded file. The server is asked only when the file is not the one that the digest
 * stands for; nothing is at the path before the digest is known to be right.
 */
final class HttpGetKeeper implements Keeper {
    private final HttpGetResource resource;
    private final Path path;
    private final DirectoryWatches watches;
    private final Trust trust;

    /** Under which the content was last found right, so that looking again costs one stat. */
    private @Nullable FileStamp rightAs;

    HttpGetKeeper(HttpGetResource resource, DirectoryWatches watches, Trust trust) {
        this.resource = resource;
        this.watches = watches;
        this.trust = trust;
        path = resource.path();
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        List<Mending> mendings = new ArrayList<>(1);
        try {
            mend(Access.Mode.of(attempt), mendings);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(); // What a read in vain was told.
            }
            throw FileFault.of("check", path, e);
        }
        return Outcome.of(attempt, mendings);
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException {
        PathWatch made = watches.open(listener::changed, listener::ended);
        try {
            made.add(path);
        } catch (IOException e) {
            made.close();
            throw FileFault.of("watch", path, e);
        }
        return made::close;
    }

    private void mend(Access.Mode how, List<Mending> mendings)
            throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        FileStamp present = FileStamp.of(path);
        if (present != null && present.type() != FileStamp.Type.REGULAR) {
            throw new FileFault(
                    path + " is not a regular file (remove it, or choose another `path`)");
        }
        String before = "nothing";
        if (present != null) {
            Digest found =
                    present.same(rightAs) ? resource.digest() : resource.digest().ofFile(path);
            if (found.equals(resource.digest())) {
                rightAs = present.settledAt(now) ? present : null;
                resource.access().mend(path, present, FileShape.REGULAR, how, mendings);
                return;
            }
            before = found.toString();
        }
        rightAs = null;
        String detail =
                "%s → %s from %s"
                        .formatted(before, resource.digest(), WebAddress.shown(resource.url()));
        if (how == Access.Mode.APPLY) {
            expectDirectory();
            new Replacement(path, resource.access(), OptionalInt.empty())
                    .of(present, this::download);
        }
        mendings.add(new Mending("content", detail));
    }

    /** Said before anything is asked for. */
    private void expectDirectory() throws FileFault {
        Path parent = path.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new FileFault(
                    "the directory of " + path + " does not exist (add a resource for it)");
        }
    }

    private void download(TemporaryFile made) throws IOException, InterruptedException {
        try (Transfer transfer = Transfer.begin(resource, trust);
                DigestInputStream from =
                        new DigestInputStream(
                                transfer.body(), resource.digest().algorithm().begin())) {
            made.write(from);
            Digest got = Digest.of(resource.digest().algorithm(), from.getMessageDigest());
            if (!got.equals(resource.digest())) {
                throw transfer.fault(
                        "what came has the digest "
                                + got
                                + ", not "
                                + resource.digest()
                                + " (if the file is meant to have changed, change `digest`)");
            }
        }
    }
}
