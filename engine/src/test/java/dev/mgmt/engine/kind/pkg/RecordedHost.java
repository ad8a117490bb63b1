package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.Scene.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Answers as the tools did when a scene was recorded. A question may be asked any number of times,
 * and is answered as it was last; changes must come in their order, with the very same arguments.
 */
final class RecordedHost implements PackageHost {
    private final Set<String> tools;
    private final Path root;
    private final Deque<Entry> left;
    private final Map<List<String>, Answer> answers = new HashMap<>();

    RecordedHost(Set<String> tools, Path root, List<Entry> entries) {
        this.tools = tools;
        this.root = root;
        left = new ArrayDeque<>(entries);
        proceed();
    }

    /** The changes that have not been made. */
    List<Entry> left() {
        return List.copyOf(left);
    }

    @Override
    public Path at(String path) {
        return root.resolve(path.substring(1));
    }

    @Override
    public boolean has(String tool) {
        return tools.contains(tool);
    }

    @Override
    public synchronized Answer ask(List<String> argv) {
        Answer answer = answers.get(argv);
        if (answer == null) {
            throw new AssertionError("asked what was not recorded here: " + argv);
        }
        return answer;
    }

    @Override
    public synchronized Answer change(List<String> argv, Consumer<String> lines) {
        if (left.poll() instanceof Entry.Change(List<String> recorded, Answer answer)
                && recorded.equals(argv)) {
            answer.lines().forEach(lines);
            proceed();
            return answer;
        }
        throw new AssertionError("called what was not recorded here: " + argv);
    }

    /** To the next change. */
    private void proceed() {
        while (!left.isEmpty() && !(left.peek() instanceof Entry.Change)) {
            switch (left.remove()) {
                case Entry.Ask(List<String> argv, Answer answer) -> answers.put(argv, answer);
                case Entry.Appears(String path, List<String> lines) -> write(at(path), lines);
                case Entry.Vanishes(String path) -> remove(at(path));
                case Entry.Change _ -> throw new IllegalStateException("stopped before");
            }
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path path) {
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path one : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
