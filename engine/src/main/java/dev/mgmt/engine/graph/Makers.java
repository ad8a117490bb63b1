package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which vertices make and which remove what, by number. */
final class Makers {
    private final Map<Path, Hands> paths;
    private final Map<Thing, Hands> others = new HashMap<>();

    /** The nearest managed directory above all that is in this one. */
    private final Map<Path, Hands> nearest = new HashMap<>();

    /** The directory that was asked for last: files are mostly declared beside their neighbours. */
    private @Nullable Path lastAsked;

    private Hands lastAnswer = Hands.NONE;

    /** The vertices that have to do with one thing. */
    static final class Hands {
        static final Hands NONE = new Hands();
        private List<Integer> makers = List.of();
        private List<Integer> removers = List.of();

        List<Integer> makers() {
            return makers;
        }

        List<Integer> removers() {
            return removers;
        }

        private void addMaker(int vertex) {
            makers = with(makers, vertex);
        }

        private void addRemover(int vertex) {
            removers = with(removers, vertex);
        }

        /** Mostly there is one, and no list that can grow is made for it. */
        private static List<Integer> with(List<Integer> present, int vertex) {
            if (present.isEmpty()) {
                return List.of(vertex);
            }
            List<Integer> several = present.size() > 1 ? present : new ArrayList<>(present);
            several.add(vertex);
            return several;
        }
    }

    private Makers(int expected) {
        paths = HashMap.newHashMap(expected);
    }

    static Makers of(List<Resource> resources) {
        Makers index = new Makers(resources.size());
        for (int vertex = 0; vertex < resources.size(); vertex++) {
            Resource resource = resources.get(vertex);
            for (Thing thing : resource.makes()) {
                index.take(thing).addMaker(vertex);
            }
            for (Thing thing : resource.removes()) {
                index.take(thing).addRemover(vertex);
            }
        }
        return index;
    }

    private Hands take(Thing thing) {
        return thing instanceof Thing.At(Path path)
                ? paths.computeIfAbsent(path, _ -> new Hands())
                : others.computeIfAbsent(thing, _ -> new Hands());
    }

    @Nullable Hands of(Thing thing) {
        return thing instanceof Thing.At(Path path) ? paths.get(path) : others.get(thing);
    }

    /** Whoever makes or removes the nearest directory above; {@link Hands#NONE} if nobody does. */
    Hands above(Path path) {
        Path directory = path.getParent();
        if (directory == null || !directory.equals(lastAsked)) {
            lastAsked = directory;
            lastAnswer = from(directory);
        }
        return lastAnswer;
    }

    private Hands from(@Nullable Path lowest) {
        List<Path> passed = new ArrayList<>(4);
        Hands found = null;
        Path directory = paths.isEmpty() ? null : lowest;
        while (found == null && directory != null) {
            passed.add(directory);
            Hands known = nearest.get(directory);
            found = known == null ? paths.get(directory) : known;
            directory = directory.getParent();
        }
        Hands answer = found == null ? Hands.NONE : found;
        for (Path above : passed) {
            nearest.put(above, answer);
        }
        return answer;
    }

    Map<Path, Hands> paths() {
        return paths;
    }

    Map<String, Hands> packages() {
        Map<String, Hands> packages = new HashMap<>();
        others.forEach(
                (thing, hands) -> {
                    if (thing instanceof Thing.SoftwarePackage(String name)) {
                        packages.put(name, hands);
                    }
                });
        return packages;
    }
}
