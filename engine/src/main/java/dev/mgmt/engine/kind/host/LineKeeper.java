package dev.mgmt.engine.kind.host;

import static java.util.stream.Collectors.joining;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.file.Disclosure;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.TextLines;
import dev.mgmt.engine.os.Turns;
import dev.mgmt.engine.resource.Presence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps one line in a file, or out of it. */
final class LineKeeper implements Keeper {
    private final LineResource resource;
    private final HostFiles files;
    private final Path path;
    private volatile @Nullable PathWatch watch;
    private @Nullable FileStamp goodAs;

    LineKeeper(LineResource resource, HostFiles files) {
        this.resource = resource;
        this.files = files;
        path = files.root().at(resource.path());
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        Path file = HostFiles.behind(path);
        PathWatch open = watch;
        if (open != null && !file.equals(path)) {
            open.add(file); // What a link leads to may change without the link.
        }
        try (Turns.Turn _ = files.turns().take(file)) {
            return mend(file, attempt);
        }
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException {
        PathWatch made = files.open(listener, List.of(path));
        watch = made;
        return () -> {
            watch = null;
            made.close();
        };
    }

    private Outcome mend(Path file, Attempt attempt) throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        FileStamp present = FileStamp.of(file);
        if (present != null && present.same(goodAs)) {
            return Outcome.GOOD;
        }
        Optional<TextLines> before = TextFiles.read(file);
        if (before.isEmpty()) {
            return withoutFile(attempt);
        }
        LineEdit edit = LineEdit.of(resource, before.get().lines());
        if (edit.changesNothing()) {
            goodAs = present != null && present.settledAt(now) ? present : null;
            return Outcome.GOOD;
        }
        if (!attempt.checksOnly()) {
            edit = files.texts().edit(file, this::edited);
        }
        return edit.changesNothing()
                ? Outcome.GOOD // Somebody else did it meanwhile.
                : Outcome.of(attempt, List.of(new Mending("line", detail(edit))));
    }

    private TextFiles.Edit<LineEdit> edited(Optional<TextLines> before) throws FileFault {
        TextLines lines = before.orElseThrow(this::missing);
        LineEdit edit = LineEdit.of(resource, lines.lines());
        return new TextFiles.Edit<>(lines.with(edit.after()), edit);
    }

    private FileFault missing() {
        return new FileFault(
                resource.path() + " does not exist (a resource `file` with this path makes it)");
    }

    /** Under noop, the graph may be going to make it. */
    private Outcome withoutFile(Attempt attempt) throws FileFault {
        if (resource.state() == Presence.ABSENT) {
            return Outcome.GOOD;
        }
        if (!attempt.checksOnly()) {
            throw missing();
        }
        LineEdit edit = new LineEdit(List.of(), List.of(), resource.content().map(TextFiles::raw));
        return Outcome.of(attempt, List.of(new Mending("line", detail(edit))));
    }

    /** The lines alone: what stands around them is not the resource's to show. */
    private String detail(LineEdit edit) {
        if (resource.disclosure() == Disclosure.SENSITIVE) {
            return "";
        }
        return Stream.concat(
                        edit.removed().stream().map(line -> "-" + TextFiles.shown(line)),
                        edit.added().stream().map(line -> "+" + TextFiles.shown(line)))
                .collect(joining("\n"));
    }
}
