package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One case of a table of what package managers answered.
 *
 * @param wanted {@code name state allow…}, one for each package
 * @param told what users hear
 * @param came what comes of each package, see {@link PkgRig#shown}
 */
record Scene(
        String manager,
        String title,
        Attempt attempt,
        List<String> wanted,
        List<Entry> entries,
        List<String> told,
        List<String> came) {

    /** What happened, in order. */
    sealed interface Entry {
        /** A tool was asked, as often as it was before the next change. */
        record Ask(List<String> argv, Answer answer) implements Entry {}

        /** A tool changed the host. */
        record Change(List<String> argv, Answer answer) implements Entry {}

        /** A file is there, with this text, from now on. */
        record Appears(String path, List<String> lines) implements Entry {}

        /** A file or a directory with all that is in it is gone. */
        record Vanishes(String path) implements Entry {}
    }

    @Override
    public String toString() {
        return manager + ": " + title;
    }

    /** All of a table; what comes before the first is about it. */
    static List<Scene> of(String manager) {
        List<Scene> scenes = new ArrayList<>();
        List<String> parts = Stream.of(load(manager).split("(?m)^=== ", -1)).skip(1).toList();
        for (String part : parts) {
            List<String> lines = part.lines().toList();
            scenes.add(new Reading(lines.subList(1, lines.size())).read(manager, lines.getFirst()));
        }
        return scenes;
    }

    PkgResource[] resources() {
        return wanted.stream().map(Scene::resource).toArray(PkgResource[]::new);
    }

    private static PkgResource resource(String line) {
        List<String> words = List.of(line.split(" ", -1));
        Allow[] allows =
                words.stream()
                        .skip(2)
                        .map(word -> Allow.valueOf(word.substring(5).toUpperCase(Locale.ROOT)))
                        .toArray(Allow[]::new);
        String name = words.getFirst();
        return switch (words.get(1)) {
            case "installed" -> PkgRig.installed(name, allows);
            case "uninstalled" -> PkgRig.uninstalled(name);
            case "newest" -> PkgRig.newest(name);
            default -> PkgRig.version(name, words.get(1), allows);
        };
    }

    private static String load(String manager) {
        String name = "recorded/" + manager + ".txt";
        try (InputStream in = Scene.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one case. */
    private static final class Reading {
        private static final Set<String> BEFORE_TEXT =
                Set.of("|", "!", ">", "$", "#", "+", "-", "=");

        private final List<String> lines;
        private final List<String> out = new ArrayList<>();
        private final List<String> err = new ArrayList<>();
        private final List<String> file = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();
        private String call = "";
        private String path = "";

        private Reading(List<String> lines) {
            this.lines = lines;
        }

        private Scene read(String manager, String title) {
            for (String line : lines) {
                if (!line.startsWith(">")) {
                    fileEnds();
                }
                if (!line.isEmpty() && BEFORE_TEXT.contains(line.substring(0, 1))) {
                    read(line.charAt(0), line.substring(Math.min(2, line.length())));
                }
            }
            fileEnds();
            return new Scene(
                    manager,
                    title,
                    lines.contains("noop") ? PkgRig.CHECK : PkgRig.APPLY,
                    after("want "),
                    List.copyOf(entries),
                    after("told "),
                    after("came "));
        }

        private List<String> after(String word) {
            return lines.stream()
                    .filter(line -> line.startsWith(word))
                    .map(line -> line.substring(word.length()))
                    .toList();
        }

        private void read(char mark, String text) {
            switch (mark) {
                case '$', '#' -> call = mark + text;
                case '|' -> out.add(text);
                case '!' -> err.add(text);
                case '>' -> file.add(text);
                case '+' -> path = text;
                case '-' -> entries.add(new Entry.Vanishes(text));
                default -> answered(Integer.parseInt(text));
            }
        }

        private void fileEnds() {
            if (!path.isEmpty()) {
                entries.add(new Entry.Appears(path, List.copyOf(file)));
            }
            path = "";
            file.clear();
        }

        private void answered(int code) {
            List<String> argv = List.of(call.substring(1).split(" ", -1));
            Answer answer = new Answer(code, out, err);
            entries.add(
                    call.startsWith("$")
                            ? new Entry.Ask(argv, answer)
                            : new Entry.Change(argv, answer));
            out.clear();
            err.clear();
        }
    }
}
