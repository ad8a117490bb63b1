package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.account.AccountFiles.User;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.QuietFiles;
import dev.mgmt.engine.os.TextLines;
import dev.mgmt.engine.os.Turns;
import dev.mgmt.engine.resource.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps one key in a user's file, or out of it. */
final class AuthorizedKeyKeeper implements Keeper {
    private final AuthorizedKeyResource resource;
    private final Accounts accounts;
    private volatile @Nullable PathWatch watch;

    AuthorizedKeyKeeper(AuthorizedKeyResource resource, Accounts accounts) {
        this.resource = resource;
        this.accounts = accounts;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        Optional<User> user = accounts.files().user(resource.user());
        if (user.isEmpty()) {
            return withoutUser(attempt);
        }
        KeyPlace place = place(user.get());
        PathWatch open = watch;
        if (open != null) {
            open.add(place.file()); // Known only now if the user was made after the watch.
        }
        try (Turns.Turn _ = accounts.turns().take(place.file())) {
            return mend(place, user.get(), attempt);
        }
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException {
        PathWatch made = accounts.open(listener);
        Optional<User> user = accounts.files().user(resource.user());
        if (user.isPresent()) {
            made.add(place(user.get()).file());
        }
        watch = made;
        return made::close;
    }

    private Outcome withoutUser(Attempt attempt) throws FileFault {
        if (resource.state() == Presence.ABSENT) {
            return Outcome.GOOD;
        }
        if (attempt.checksOnly()) {
            return Outcome.of(attempt, List.of(mending("absent → exists")));
        }
        throw new FileFault(
                "there is no user "
                        + resource.user()
                        + " on this host (a resource `user` makes one)");
    }

    private KeyPlace place(User user) throws IOException {
        Path home = accounts.root().at(Path.of("/").resolve(user.home()));
        return resource.path().isEmpty()
                ? KeyPlace.usual(home)
                : KeyPlace.of(home, accounts.root().at(resource.path().get()));
    }

    private Outcome mend(KeyPlace place, User user, Attempt attempt)
            throws IOException, InterruptedException {
        UserDirectory.Owner owner = new UserDirectory.Owner(user.name(), user.uid(), user.gid());
        try (Descent descent = new Descent()) {
            Edit edit = read(place, owner, descent);
            if (!edit.mendings().isEmpty() && !attempt.checksOnly()) {
                edit = accounts.quiet().change(place.file(), change(place, owner, descent));
            }
            return Outcome.of(attempt, edit.mendings());
        }
    }

    private record Edit(TextLines after, List<Mending> mendings) {}

    private Edit read(KeyPlace place, UserDirectory.Owner owner, Descent descent)
            throws IOException {
        Optional<UserDirectory> directory = descent.into(place, owner, Descent.Missing.LEFT);
        Optional<String> text =
                directory.isPresent() ? directory.get().read(place.name()) : Optional.empty();
        TextLines before = TextLines.of(text.orElse(""));
        List<Mending> mendings = new ArrayList<>();
        return new Edit(before.with(edit(before.lines(), mendings)), mendings);
    }

    private QuietFiles.Work<Edit> change(
            KeyPlace place, UserDirectory.Owner owner, Descent descent) {
        return new QuietFiles.Work<>() {
            @Override
            public Edit read() throws IOException {
                return AuthorizedKeyKeeper.this.read(place, owner, descent);
            }

            @Override
            public void write(Edit edit) throws IOException {
                if (!edit.mendings().isEmpty()) {
                    UserDirectory target =
                            descent.into(place, owner, Descent.Missing.MADE).orElseThrow();
                    target.expectTrusted();
                    target.write(place.name(), edit.after().text());
                }
            }
        };
    }

    private List<String> edit(List<String> lines, List<Mending> mendings) {
        List<String> edited = new ArrayList<>();
        boolean found = false;
        for (String line : lines) {
            Optional<KeyLine> present = KeyLine.of(line).filter(l -> l.holds(resource.key()));
            if (present.isEmpty()) {
                edited.add(line);
            } else if (found || resource.state() == Presence.ABSENT) {
                mendings.add(mending(found ? "stands twice → once" : "exists → absent"));
                found = resource.state() == Presence.EXISTS;
            } else {
                found = true;
                edited.add(kept(line, present.get(), mendings));
            }
        }
        if (!found && resource.state() == Presence.EXISTS) {
            String comment = resource.comment().orElse(resource.id().name());
            mendings.add(mending("absent → exists"));
            edited.add(bytes(line(comment).text()));
        }
        return edited;
    }

    /** The line as it stands if it says what it should, else as it should be. */
    private String kept(String line, KeyLine present, List<Mending> mendings) {
        KeyLine wanted = line(resource.comment().orElse(present.comment()));
        String wantedOptions = bytes(wanted.options());
        String wantedComment =
                resource.comment().isPresent() ? bytes(wanted.comment()) : present.comment();
        if (!present.options().equals(wantedOptions)) {
            // Not shown: options may set variables.
            mendings.add(new Mending("options", describe()));
        }
        if (!present.comment().equals(wantedComment)) {
            mendings.add(new Mending("comment", describe()));
        }
        boolean same =
                present.options().equals(wantedOptions) && present.comment().equals(wantedComment);
        return same
                ? line
                : new KeyLine(wantedOptions, present.type(), present.blob(), wantedComment).text();
    }

    private KeyLine line(String comment) {
        // A name may hold what a line cannot.
        String oneLine = comment.replaceAll("\\p{Cntrl}", " ").strip();
        return new KeyLine(
                resource.options(), resource.key().type(), resource.key().blob(), oneLine);
    }

    private Mending mending(String change) {
        return new Mending("key", describe() + ": " + change);
    }

    private String describe() {
        return resource.key().type() + " " + resource.key().fingerprint();
    }

    /** The file's own bytes are kept whatever they are, one character each; so ours must be. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
