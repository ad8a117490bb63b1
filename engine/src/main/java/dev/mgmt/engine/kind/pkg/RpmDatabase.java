package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PackageManager.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What rpm(8) knows. Its database has had three formats; rpm itself reads them all.
 *
 * <p>A version is {@code version-release}, with {@code epoch:} before it where the package has one.
 */
final class RpmDatabase {
    private static final String EVR = "%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}";

    /**
     * The log of {@code rpmdb.sqlite} is not among them: whoever reads touches it too. What is in
     * it comes into the database when the last one closes that.
     */
    private static final List<String> FORMATS = List.of("Packages", "Packages.db", "rpmdb.sqlite");

    /** In messages a package is called by its name, or by {@code name-version-release.arch}. */
    static final String TAIL = "(?:-[^- ]+-[^- ]+)?";

    private final PackageHost host;

    RpmDatabase(PackageHost host) {
        this.host = host;
    }

    Database database() {
        Path directory = host.at("/usr/lib/sysimage/rpm");
        if (!Files.isDirectory(directory)) {
            directory = host.at("/var/lib/rpm");
        }
        return new Database(
                FORMATS.stream().map(directory::resolve).toList(), List.of(), List.of());
    }

    Map<String, Standing> installed() throws IOException, InterruptedException {
        Answer answer =
                host.ask(List.of("rpm", "-qa", "--qf", "%{NAME}\\t" + EVR + "\\n"))
                        .expecting("the package database", "rpm", Set.of(0));
        Map<String, List<String>> versions = new HashMap<>();
        for (String line : answer.out()) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                versions.computeIfAbsent(line.substring(0, tab), _ -> new ArrayList<>())
                        .add(line.substring(tab + 1));
            }
        }
        Map<String, Standing> found = new HashMap<>();
        versions.forEach((name, all) -> found.put(name, new Standing(all, Set.of())));
        return found;
    }

    Set<Path> files(String packageName) throws IOException, InterruptedException {
        Set<Path> paths = new LinkedHashSet<>();
        for (String line : host.ask(List.of("rpm", "-ql", "--", packageName)).out()) {
            if (line.startsWith("/")) {
                paths.add(Path.of(line));
            }
        }
        return paths;
    }

    /** Old versions of rpm compare versions only, not epochs and releases with them. */
    int compare(String first, String second) throws IOException, InterruptedException {
        int byEpoch = Long.compare(epoch(first), epoch(second));
        if (byEpoch != 0) {
            return byEpoch;
        }
        String lua =
                "print(rpm.vercmp(\"%s\",\"%s\"),rpm.vercmp(\"%s\",\"%s\"))"
                        .formatted(
                                version(first), version(second), release(first), release(second));
        List<String> out = host.ask(List.of("rpm", "--eval", "%{lua:" + lua + "}")).out();
        String[] signs = String.join("", out).trim().split("\\s+", -1);
        if (signs.length != 2) {
            throw new IOException("rpm cannot compare " + first + " and " + second);
        }
        return signs[0].equals("0") ? Integer.parseInt(signs[1]) : Integer.parseInt(signs[0]);
    }

    /**
     * What lists offer, if the newest is what would be installed.
     *
     * @param versions by name
     */
    Map<String, Offer> offers(Map<String, List<String>> versions)
            throws IOException, InterruptedException {
        Map<String, Offer> offers = new HashMap<>();
        for (Map.Entry<String, List<String>> entry : versions.entrySet()) {
            offers.put(entry.getKey(), newest(entry.getValue(), this::compare));
        }
        return offers;
    }

    static Offer newest(List<String> versions, Judgement.VersionOrder order)
            throws IOException, InterruptedException {
        String newest = versions.getFirst();
        Map<String, Set<String>> sections = new HashMap<>();
        for (String version : versions) {
            boolean first = sections.put(version, Set.of()) == null;
            if (first && !version.equals(newest) && order.compare(version, newest) > 0) {
                newest = version;
            }
        }
        return new Offer(Optional.of(newest), sections);
    }

    private static long epoch(String evr) {
        int colon = evr.indexOf(':');
        return colon < 0 ? 0 : Long.parseLong(evr.substring(0, colon));
    }

    private static String version(String evr) {
        String text = evr.substring(evr.indexOf(':') + 1);
        int dash = text.lastIndexOf('-');
        return dash < 0 ? text : text.substring(0, dash);
    }

    private static String release(String evr) {
        int dash = evr.lastIndexOf('-');
        return dash < 0 ? "" : evr.substring(dash + 1);
    }
}
