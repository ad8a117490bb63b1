package dev.mgmt.engine.kind.pkg;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables that {@code apt-cache policy} and {@code apk policy} print. */
final class PolicyTable {
    private static final Pattern APT_NAME = Pattern.compile("(\\S+):");
    private static final Pattern APT_CANDIDATE = Pattern.compile("  Candidate: (\\S+)");
    private static final Pattern APT_VERSION = Pattern.compile(" (?:   |\\*\\*\\*) (\\S+) -?\\d+");

    /** Priority, address, distribution and section, architecture if known, the kind of list. */
    private static final Pattern APT_ORIGIN =
            Pattern.compile(" {4,}-?\\d+ \\S+ (?:\\S*/)?(\\S*)(?: \\S+)? Packages");

    private static final Pattern APK_NAME = Pattern.compile("(\\S+) policy:");
    private static final Pattern APK_VERSION = Pattern.compile("  (\\S+):");
    private static final Pattern APK_ORIGIN = Pattern.compile("    (?!@)(\\S+)");

    private final Map<String, Map<String, Set<String>>> versions = new LinkedHashMap<>();
    private final Map<String, String> candidates = new HashMap<>();
    private String name = "";
    private String version = "";

    private PolicyTable() {}

    /** A version that is only installed, and in no list, is not offered. */
    static Map<String, Offer> apt(List<String> lines) {
        PolicyTable table = new PolicyTable();
        for (String line : lines) {
            Matcher candidate = APT_CANDIDATE.matcher(line);
            if (table.begins(APT_NAME, line)) {
                table.versions.put(table.name, new LinkedHashMap<>());
            } else if (candidate.matches()) {
                table.candidates.put(table.name, candidate.group(1));
            } else {
                table.version(APT_VERSION, APT_ORIGIN, line);
            }
        }
        Map<String, Offer> offers = new HashMap<>();
        table.versions.forEach(
                (name, sections) ->
                        offers.put(
                                name,
                                new Offer(
                                        Optional.ofNullable(table.candidates.get(name))
                                                .filter(known -> !known.equals("(none)")),
                                        sections)));
        return offers;
    }

    /** By name, the versions on offer; a repository with a tag is not asked unless by its tag. */
    static Map<String, Set<String>> apk(List<String> lines) {
        PolicyTable table = new PolicyTable();
        for (String line : lines) {
            if (table.begins(APK_NAME, line)) {
                table.versions.put(table.name, new LinkedHashMap<>());
            } else if (!line.endsWith("lib/apk/db/installed")) {
                table.version(APK_VERSION, APK_ORIGIN, line);
            }
        }
        Map<String, Set<String>> offered = new LinkedHashMap<>();
        table.versions.forEach((name, sections) -> offered.put(name, sections.keySet()));
        return offered;
    }

    private boolean begins(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        name = matcher.group(1);
        version = "";
        return true;
    }

    private void version(Pattern versionLine, Pattern originLine, String line) {
        Matcher found = versionLine.matcher(line);
        if (found.matches()) {
            version = found.group(1);
            return;
        }
        Matcher origin = originLine.matcher(line);
        Map<String, Set<String>> known = versions.get(name);
        if (origin.matches() && known != null && !version.isEmpty()) {
            known.computeIfAbsent(version, _ -> new LinkedHashSet<>()).add(origin.group(1));
        }
    }
}
