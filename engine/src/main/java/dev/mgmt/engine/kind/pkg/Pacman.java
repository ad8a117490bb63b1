package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arch's: pacman(8). Its database is a directory for each package, {@code name-version-release}.
 */
final class Pacman implements PackageManager {
    private static final String STATE = "/var/lib/pacman";
    private static final Pattern ENTRY = Pattern.compile("(.+)-([^-]+-[^-]+)");

    private static final Pattern NOT_FOUND = Pattern.compile("error: package '.*' was not found");
    private static final Speech SPEECH =
            new Speech(
                    List.of(
                            "error: target not found: NAME(?:=.*)?",
                            ".*cannot resolve \".*\", a dependency of \"NAME\"",
                            ":: (?:installing|removing) NAME .*breaks dependency .*",
                            "error: failed retrieving file 'NAME(?:-[^-']+){3}' from .*",
                            "error: NAME: .*signature.*",
                            "NAME: /.* exists in filesystem.*"),
                    Pattern.compile("error: .*"),
                    Pattern.compile("error: could not lock database: File exists"),
                    Pattern.compile("error: failed (?:retrieving file|to retrieve some files).*"),
                    Speech.NOTHING);

    private final PackageHost host;

    Pacman(PackageHost host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "pacman";
    }

    @Override
    public Database database() {
        return new Database(
                List.of(), List.of(host.at(STATE + "/local")), List.of(host.at(STATE + "/sync")));
    }

    @Override
    public Map<String, Standing> installed() throws IOException {
        Map<String, Standing> found = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(host.at(STATE + "/local"))) {
            for (Path entry : entries) {
                Matcher name = ENTRY.matcher(entry.getFileName().toString());
                if (name.matches() && Files.exists(entry.resolve("desc"))) {
                    found.put(name.group(1), Standing.of(name.group(2)));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        return found;
    }

    /** One version each: the repository that comes first in pacman.conf decides. */
    @Override
    public Map<String, Offer> offers(Collection<String> names)
            throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("pacman", "-Si", "--"));
        argv.addAll(names);
        Map<String, Offer> offers = new HashMap<>();
        String name = "";
        for (String line : readable(host.ask(argv)).out()) {
            int colon = line.indexOf(" : ");
            String value = colon < 0 ? "" : line.substring(colon + 3).trim();
            if (line.startsWith("Name ")) {
                name = value;
            } else if (line.startsWith("Version ")) {
                offers.putIfAbsent(name, new Offer(Optional.of(value), Map.of(value, Set.of())));
            }
        }
        return offers;
    }

    /** It ends with an error where it does not know one of the names, too. */
    private static Answer readable(Answer answer) throws IOException {
        boolean known =
                answer.err().stream()
                        .noneMatch(
                                line ->
                                        line.startsWith("error: ")
                                                && !NOT_FOUND.matcher(line).matches());
        return answer.expecting("the lists of pacman", "pacman", known ? Set.of(0, 1) : Set.of(0));
    }

    @Override
    public int compare(String first, String second) throws IOException, InterruptedException {
        List<String> out = host.ask(List.of("vercmp", first, second)).out();
        try {
            return Integer.parseInt(String.join("", out).trim());
        } catch (NumberFormatException e) {
            throw new IOException("vercmp cannot compare " + first + " and " + second, e);
        }
    }

    @Override
    public Set<Path> files(String packageName) throws IOException {
        Standing standing = installed().get(packageName);
        if (standing == null) {
            return Set.of();
        }
        Path entry = host.at(STATE + "/local/" + packageName + "-" + standing.shown());
        Set<Path> paths = new LinkedHashSet<>();
        for (String line : Files.readAllLines(entry.resolve("files"))) {
            if (line.equals("%BACKUP%")) {
                break;
            }
            if (!line.isEmpty() && !line.startsWith("%")) {
                paths.add(Path.of("/" + line));
            }
        }
        return paths;
    }

    @Override
    public List<LockWait.Lock> locks() {
        return List.of(new LockWait.Lock.Presence(host.at(STATE + "/db.lck")));
    }

    @Override
    public List<String> refresh(Set<Allow> allowed) {
        return List.of("pacman", "-Sy", "--noconfirm", "--noprogressbar");
    }

    @Override
    public List<List<Step>> calls(List<Step> steps) {
        List<Step> removals = steps.stream().filter(Step.Remove.class::isInstance).toList();
        List<Step> others = steps.stream().filter(step -> !removals.contains(step)).toList();
        return List.of(removals, others).stream().filter(call -> !call.isEmpty()).toList();
    }

    /** Whether signatures are wanted is in pacman.conf alone. */
    @Override
    public List<String> command(List<Step> steps, Set<Allow> allowed) {
        List<String> argv = new ArrayList<>(List.of("pacman"));
        argv.add(Calls.removes(steps) ? "-R" : "-S");
        argv.addAll(List.of("--noconfirm", "--noprogressbar"));
        if (!Calls.removes(steps)) {
            argv.add("--needed");
        }
        argv.add("--");
        for (Step step : steps) {
            argv.add(
                    switch (step) {
                        case Step.Pin(String name, String version) -> name + "=" + version;
                        case Step.Install _, Step.Upgrade _, Step.Remove _ -> step.name();
                    });
        }
        return argv;
    }

    @Override
    public Speech speech() {
        return SPEECH;
    }
}
