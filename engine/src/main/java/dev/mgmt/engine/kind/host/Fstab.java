package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.os.TextLines;
import dev.mgmt.engine.os.Turns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is mounted when the host starts: one line of many is a resource's, the others stay. */
final class Fstab {
    private final Path path;
    private final HostRoot root;
    private final Turns turns;
    private final TextFiles texts;
    private boolean reloadOwed;

    Fstab(HostFiles files) {
        root = files.root();
        path = root.at("/etc/fstab");
        turns = files.turns();
        texts = files.texts();
    }

    Path path() {
        return path;
    }

    /** The first entry of this place. */
    Optional<FstabEntry> entry(Path point) throws IOException {
        return read().lines().stream()
                .flatMap(line -> FstabEntry.of(TextFiles.shown(line)).stream())
                .filter(entry -> entry.isAt(point))
                .findFirst();
    }

    /**
     * Has exactly this entry of the place, or none.
     *
     * @param point where, in the terms of the file
     */
    void keep(Path point, Optional<FstabEntry> wanted, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        try (Turns.Turn _ = turns.take(path)) {
            Change change = Change.of(read(), point, wanted);
            if (change.needed()) {
                mendings.add(new Mending("fstab", change.detail()));
            }
            if (attempt.checksOnly()) {
                return;
            }
            if (change.needed()) {
                reloadOwed = true;
                texts.edit(
                        HostFiles.behind(path),
                        before ->
                                new TextFiles.Edit<>(
                                        Change.of(lines(before), point, wanted).after(), point));
            }
            reload();
        }
    }

    /** What becomes of the lines. */
    private record Change(TextLines before, TextLines after, String detail) {
        private static Change of(TextLines before, Path point, Optional<FstabEntry> wanted) {
            List<String> after = new ArrayList<>();
            List<FstabEntry> standing = new ArrayList<>();
            for (String line : before.lines()) {
                Optional<FstabEntry> entry =
                        FstabEntry.of(TextFiles.shown(line)).filter(e -> e.isAt(point));
                if (entry.isEmpty()) {
                    after.add(line);
                    continue;
                }
                standing.add(entry.get());
                if (standing.size() == 1 && wanted.isPresent()) {
                    boolean same = entry.get().equals(wanted.get());
                    after.add(same ? line : TextFiles.raw(wanted.get().line()));
                }
            }
            if (standing.isEmpty() && wanted.isPresent()) {
                after.add(TextFiles.raw(wanted.get().line()));
            }
            String old = standing.isEmpty() ? "absent" : standing.getFirst().shown();
            return new Change(
                    before,
                    before.with(after),
                    old + " → " + wanted.map(FstabEntry::shown).orElse("absent"));
        }

        private boolean needed() {
            return !before.equals(after);
        }
    }

    private static TextLines lines(Optional<TextLines> read) {
        return read.orElseGet(() -> TextLines.of(""));
    }

    private TextLines read() throws IOException {
        return lines(TextFiles.read(HostFiles.behind(path)));
    }

    /** systemd makes units of it, which it would otherwise go on using as they were. */
    private void reload() throws IOException, InterruptedException {
        if (!reloadOwed) {
            return;
        }
        if (Files.isDirectory(root.at("/run/systemd/system")) && root.has("systemctl")) {
            root.run(List.of("systemctl", "daemon-reload"))
                    .expect("let systemd read /etc/fstab again");
        }
        reloadOwed = false;
    }
}
