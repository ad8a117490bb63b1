package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.os.FileFault;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What there is when an archive is unpacked, below a directory. Whatever an archive says, of this
 * it holds: every path is below that directory, the way to each leads through directories of the
 * manifest only and never through a link, every hard link is to a regular file of the manifest, and
 * parents come before what is in them.
 *
 * @param items by paths relative to the directory
 */
record Manifest(Map<Path, Item> items, long bytes) {
    /** What should be at one path. */
    sealed interface Item {
        /**
         * @param mode empty if the archive only mentions what is in it
         */
        record Directory(OptionalInt mode) implements Item {}

        /**
         * @param entry which of the archive's entries it is: the last of that name
         */
        record Regular(int entry, int mode, long size, Instant modified) implements Item {}

        record Link(Path target) implements Item {}

        /**
         * @param to a regular file of the same manifest
         */
        record HardLink(Path to) implements Item {}
    }

    /** Takes entries in their order and refuses what may not be. */
    static final class Draft {
        /** As long as a path may be on Linux. */
        private static final int LONGEST_NAME = 4096;

        private static final int LONGEST_CHAIN = 40;

        /** All names together: they are held in memory for as long as the graph runs. */
        private static final int MOST_NAMES = 1 << 25;

        private final int strip;
        private final int mostEntries;
        private final long mostBytes;
        private final Map<Path, Item> items = new LinkedHashMap<>();
        private int entries;
        private long names;
        private long bytes;

        /**
         * @param strip how many leading parts of each name are left out
         * @param mostEntries an archive of more is refused: all of them are remembered
         * @param mostBytes one that unpacks to more is refused
         */
        Draft(int strip, int mostEntries, long mostBytes) {
            this.strip = strip;
            this.mostEntries = mostEntries;
            this.mostBytes = mostBytes;
        }

        void add(TarEntry entry) throws FileFault {
            int number = entries++;
            if (entries > mostEntries) {
                throw new FileFault(
                        "it has too many entries: %d are the most".formatted(mostEntries));
            }
            bytes += entry.size();
            if (bytes > mostBytes || bytes < 0) {
                throw new FileFault(
                        "it unpacks to more than the %d bytes that there is room for"
                                .formatted(mostBytes));
            }
            Optional<Path> path = relative(entry.name(), entry.name());
            if (path.isPresent()) {
                put(path.get(), item(number, entry), entry.name());
            }
        }

        Manifest finish() throws FileFault {
            Map<Path, Path> originals = new HashMap<>();
            for (Map.Entry<Path, Item> link : items.entrySet()) {
                if (link.getValue() instanceof Item.HardLink(Path to)) {
                    originals.put(link.getKey(), original(link.getKey(), to));
                }
            }
            originals.forEach((path, to) -> items.put(path, new Item.HardLink(to)));
            return new Manifest(items, bytes);
        }

        private Item item(int number, TarEntry entry) throws FileFault {
            return switch (entry.type()) {
                case REGULAR ->
                        new Item.Regular(number, entry.mode(), entry.size(), entry.modified());
                case DIRECTORY -> new Item.Directory(OptionalInt.of(entry.mode()));
                case SYMBOLIC_LINK -> {
                    if (entry.link().isEmpty()) {
                        throw refused(entry.name(), "is a link to nowhere");
                    }
                    yield new Item.Link(path(entry.link(), entry.name()));
                }
                case HARD_LINK ->
                        new Item.HardLink(
                                relative(entry.link(), entry.name())
                                        .orElseThrow(
                                                () ->
                                                        refused(
                                                                entry.name(),
                                                                "is a link to what `strip` leaves"
                                                                        + " out")));
            };
        }

        /**
         * Empty for what is stripped.
         *
         * @param text the name of an entry, or what one links to
         */
        private Optional<Path> relative(String text, String entry) throws FileFault {
            if (text.length() > LONGEST_NAME) {
                throw refused(text.substring(0, 100) + "…", "has too long a name");
            }
            if (text.startsWith("/")) {
                throw refused(entry, "has an absolute path");
            }
            List<String> parts = new ArrayList<>();
            for (String part : text.split("/", -1)) {
                if (part.equals("..")) {
                    throw refused(entry, "leads out of the directory");
                }
                if (!part.isEmpty() && !part.equals(".")) {
                    parts.add(part);
                }
            }
            if (parts.size() <= strip) {
                return Optional.empty();
            }
            return Optional.of(path(String.join("/", parts.subList(strip, parts.size())), entry));
        }

        private static Path path(String text, String entry) throws FileFault {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw refused(entry, "has a name that this system does not take: " + e.getReason());
            }
        }

        private void put(Path path, Item item, String name) throws FileFault {
            makeParents(path, name);
            Item before = items.get(path);
            boolean wasDirectory = before instanceof Item.Directory;
            boolean isDirectory = item instanceof Item.Directory;
            if (before != null && wasDirectory != isDirectory) {
                throw refused(name, "is there twice, once as a directory");
            }
            keep(path, item);
        }

        private void keep(Path path, Item item) throws FileFault {
            if (items.put(path, item) == null) {
                names += path.toString().length();
            }
            if (items.size() > mostEntries || names > MOST_NAMES) {
                throw new FileFault(
                        "it has too many entries: %d are the most".formatted(mostEntries));
            }
        }

        private void makeParents(Path path, String name) throws FileFault {
            Path parent = path.getParent();
            if (parent == null) {
                return;
            }
            Item above = items.get(parent);
            if (above == null) {
                makeParents(parent, name);
                keep(parent, new Item.Directory(OptionalInt.empty()));
            } else if (!(above instanceof Item.Directory)) {
                throw refused(name, "is below `" + parent + "`, which is no directory");
            }
        }

        /** The regular file at the end of a chain of hard links. */
        private Path original(Path link, Path target) throws FileFault {
            Path to = target;
            for (int steps = 0; steps < LONGEST_CHAIN; steps++) {
                Item item = items.get(to);
                if (item instanceof Item.Regular) {
                    return to;
                }
                if (!(item instanceof Item.HardLink(Path next))) {
                    break;
                }
                to = next;
            }
            throw refused(link.toString(), "is a hard link to what is no file of the archive");
        }

        private static FileFault refused(String name, String why) {
            return new FileFault("`%s` in it %s".formatted(name, why));
        }
    }
}
