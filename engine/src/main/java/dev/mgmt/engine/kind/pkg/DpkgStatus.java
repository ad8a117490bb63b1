package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.Standing.Mark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * dpkg's database (see deb-control(5) and dpkg-query(1) for the fields): the file {@code status},
 * and what a dpkg that is at work, or has died at it, wrote to {@code updates} since.
 *
 * <p>A package of the host's own architecture is known by its name, any by {@code name:arch}.
 */
final class DpkgStatus {
    private final Map<String, Standing> byName = new HashMap<>();
    private final Map<String, String> stanza = new HashMap<>();
    private String ownArchitecture = "";

    private DpkgStatus() {}

    static Map<String, Standing> read(Path directory) throws IOException {
        List<List<String>> texts = new ArrayList<>();
        texts.add(lines(directory.resolve("status")));
        for (Path update : updates(directory)) {
            texts.add(lines(update));
        }
        return parse(texts, ownArchitecture(directory));
    }

    /**
     * @param texts each newer than the one before
     * @param architecture what the package dpkg itself says comes before this; empty: any
     */
    static Map<String, Standing> parse(List<List<String>> texts, String architecture) {
        DpkgStatus status = new DpkgStatus();
        status.ownArchitecture = architecture;
        for (List<String> text : texts) {
            text.forEach(line -> status.architectureOfDpkg(line));
        }
        for (List<String> text : texts) {
            text.forEach(status::read);
            status.end();
        }
        return status.byName;
    }

    /** What a dpkg that did not end in good order has left to be read in, oldest first. */
    static List<Path> updates(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory.resolve("updates"), "[0-9]*")) {
            entries.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }

    private static String ownArchitecture(Path directory) throws IOException {
        List<String> known = lines(directory.resolve("arch"));
        return known.isEmpty() ? "" : known.getFirst();
    }

    /** Names and versions are ASCII; whatever else there is must not be in the way. */
    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private void architectureOfDpkg(String line) {
        if (line.isEmpty()) {
            stanza.clear();
        } else if (line.equals("Package: dpkg")) {
            stanza.put("dpkg", "");
        } else if (line.startsWith("Architecture: ") && stanza.containsKey("dpkg")) {
            ownArchitecture = line.substring("Architecture: ".length());
        }
    }

    private void read(String line) {
        if (line.isEmpty()) {
            end();
            return;
        }
        for (String field : List.of("Package", "Status", "Version", "Architecture")) {
            if (line.startsWith(field) && line.startsWith(": ", field.length())) {
                stanza.put(field, line.substring(field.length() + 2));
            }
        }
    }

    private void end() {
        String name = stanza.getOrDefault("Package", "");
        String[] status = stanza.getOrDefault("Status", "").split(" ", -1);
        String version = stanza.getOrDefault("Version", "");
        String architecture = stanza.getOrDefault("Architecture", "");
        stanza.clear();
        if (name.isEmpty() || status.length != 3) {
            return;
        }
        boolean own =
                ownArchitecture.isEmpty()
                        || architecture.equals("all")
                        || architecture.equals(ownArchitecture);
        Standing standing = standing(version, status);
        for (String key :
                own
                        ? List.of(name, name + ":" + architecture)
                        : List.of(name + ":" + architecture)) {
            if (standing.present()) {
                byName.put(key, standing);
            } else {
                byName.remove(key);
            }
        }
    }

    /**
     * @param status what is wanted of it, whether it must be installed again, where it stands
     */
    private static Standing standing(String version, String[] status) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        if (status[0].equals("hold")) {
            marks.add(Mark.HELD);
        }
        switch (status[2]) {
            case "not-installed", "config-files" -> {
                return Standing.ABSENT;
            }
            // Triggers change nothing about what the package itself has.
            case "installed", "triggers-pending", "triggers-awaited" -> {}
            default -> marks.add(Mark.BROKEN);
        }
        if (!status[1].equals("ok")) {
            marks.add(Mark.BROKEN);
        }
        return new Standing(List.of(version), marks);
    }
}
