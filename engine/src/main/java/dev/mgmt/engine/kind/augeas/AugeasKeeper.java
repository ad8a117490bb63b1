package dev.mgmt.engine.kind.augeas;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.augeas.AugeasResource.Setting;
import dev.mgmt.engine.kind.augeas.Script.Saving;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.os.QuietFiles;
import dev.mgmt.engine.os.Turns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps some values. Every look sets all of them in {@code augtool}'s memory and has it try to save
 * them, so that a value which the file's format does not allow is known before anything is written;
 * Augeas replaces a file whole.
 */
final class AugeasKeeper implements Keeper {
    private final AugeasResource resource;
    private final Script script;
    private final HostRoot root;
    private final DirectoryWatches watches;
    private final Turns turns;
    private final QuietFiles quiet;

    /** What saving was in vain for, and the file's stamp after that. */
    private @Nullable Vain vain;

    private record Vain(FileStamp file, String reason) {}

    /** Under which the file was last found good, so that looking again costs one stat. */
    private @Nullable FileStamp goodAs;

    AugeasKeeper(AugeasResource resource, HostTools tools) {
        this.resource = resource;
        script = new Script(resource.target(), resource.settings());
        root = tools.shared(HostRoot.class, _ -> HostRoot.REAL);
        watches = tools.watches();
        turns = tools.shared(Turns.class, _ -> new Turns());
        quiet = tools.shared(QuietFiles.class, _ -> new QuietFiles());
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        if (resource.settings().isEmpty()) {
            return Outcome.GOOD;
        }
        if (!root.has("augtool")) {
            throw new FileFault(
                    "this host has no program `augtool` (install the package augeas-tools on"
                            + " Debian, Ubuntu and openSUSE, augeas elsewhere)");
        }
        Path file = file();
        try (Turns.Turn _ = turns.take(file)) {
            return mend(file, attempt);
        }
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException {
        PathWatch made = watches.open(listener::changed);
        for (Path path : watched()) {
            Path at = root.at(path);
            if (isInFile(at)) {
                continue;
            }
            try {
                made.add(at);
            } catch (IOException e) {
                made.close();
                throw FileFault.of("watch", path, e);
            }
        }
        return made::close;
    }

    /** Whether it is a node of a file and no file itself. */
    private static boolean isInFile(Path path) {
        Path above = path.getParent();
        while (above != null && !Files.isRegularFile(above)) {
            above = above.getParent();
        }
        return above != null;
    }

    private Outcome mend(Path file, Attempt attempt) throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        FileStamp present = FileStamp.of(file);
        if (present != null && present.same(goodAs)) {
            return Outcome.GOOD;
        }
        goodAs = null;
        Verdict verdict = ask(Saving.TRIED);
        List<Mending> mendings = verdict.mendings();
        if (mendings.isEmpty()) {
            // Of several files only one is known here.
            if (resource.target().isPresent() && present != null && present.settledAt(now)) {
                goodAs = present;
            }
            return Outcome.GOOD;
        }
        if (attempt.checksOnly()) {
            if (present != null) {
                verdict.expectSaved(); // What comes before may be going to make the rest of it.
            }
            return Outcome.of(attempt, mendings);
        }
        Vain before = vain;
        if (before != null && before.file().same(present)) {
            throw new FileFault(before.reason());
        }
        mendings = change(file);
        Vain after = vain;
        return after == null
                ? Outcome.of(attempt, mendings)
                : new Outcome.Failed(after.reason(), mendings);
    }

    private List<Mending> change(Path file) throws IOException, InterruptedException {
        return quiet.change(
                file,
                new QuietFiles.Work<List<Mending>>() {
                    @Override
                    public List<Mending> read() throws IOException, InterruptedException {
                        Verdict verdict = ask(Saving.TRIED);
                        List<Mending> mendings = verdict.mendings();
                        if (!mendings.isEmpty()) {
                            verdict.expectSaved();
                        }
                        return mendings;
                    }

                    @Override
                    public void write(List<Mending> mendings)
                            throws IOException, InterruptedException {
                        if (!mendings.isEmpty()) {
                            ask(Saving.DONE).expectSaved();
                            lookAgain(file);
                        }
                    }
                });
    }

    /** So that a path which never finds what it has made does not make it again and again. */
    private void lookAgain(Path file) throws IOException, InterruptedException {
        vain = null;
        FileStamp saved = FileStamp.of(file);
        List<Mending> left = ask(Saving.TRIED).mendings();
        if (saved != null && saved.same(FileStamp.of(file)) && !left.isEmpty()) {
            vain =
                    new Vain(
                            saved,
                            "what was set and saved is not there when the file is read again ("
                                    + left.getFirst().detail()
                                    + "): write a path that finds it, such as seq::*[ipaddr ="
                                    + " \"10.0.0.1\"]/canonical");
        }
    }

    private Verdict ask(Saving saving) throws IOException, InterruptedException {
        return Verdict.of(resource, root.run(script.argv(), script.input(saving)));
    }

    /** The file itself where the path is a link; of several, the first. */
    private Path file() throws IOException {
        for (Path path : watched().reversed()) {
            Path at = root.at(path);
            if (Files.isRegularFile(at)) {
                return at.toRealPath();
            }
        }
        return root.at(resource.target().map(AugeasResource.Target::file).orElse(Path.of("/")));
    }

    /** The file, or, where none is given, all that may be it and the directories on the way. */
    private List<Path> watched() {
        if (resource.target().isPresent()) {
            return List.of(resource.target().get().file());
        }
        Set<Path> paths = new LinkedHashSet<>();
        for (Setting setting : resource.settings()) {
            paths.addAll(TreePath.candidates(TreePath.of(resource.target(), setting)));
        }
        return new ArrayList<>(paths);
    }
}
