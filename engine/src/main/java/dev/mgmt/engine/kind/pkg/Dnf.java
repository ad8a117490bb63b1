package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fedora's and its relatives': dnf(8), versions 4 and 5. It waits for its locks by itself and
 * refreshes its lists when their time is over.
 */
final class Dnf implements PackageManager {
    private static final Speech SPEECH =
            new Speech(
                    List.of(
                            "No match for argument: NAME" + RpmDatabase.TAIL,
                            ".*nothing provides .* needed by NAME" + RpmDatabase.TAIL + "(?: .*)?",
                            ".*package NAME"
                                    + RpmDatabase.TAIL
                                    + " (?:requires|conflicts|obsoletes) .*",
                            ".*problem with installed package NAME" + RpmDatabase.TAIL,
                            "Package NAME" + RpmDatabase.TAIL + " is not signed",
                            "  NAME" + RpmDatabase.TAIL + ": Cannot download, .*",
                            "Error in .* scriptlet in rpm package NAME" + RpmDatabase.TAIL),
                    Pattern.compile(
                            "(?:Error|Errors|Problem repository|Public key|You have enabled)\\b.*"
                                    + "|\\[MIRROR\\] .*|  *- .*|.* is not signed"),
                    Speech.NOTHING,
                    Pattern.compile(".*(?:Status code: 404|Cannot download).*"),
                    Pattern.compile("Error: Failed to download metadata .*"));

    private final PackageHost host;
    private final RpmDatabase rpm;

    Dnf(PackageHost host) {
        this.host = host;
        this.rpm = new RpmDatabase(host);
    }

    @Override
    public String name() {
        return "dnf";
    }

    @Override
    public Database database() {
        return rpm.database();
    }

    @Override
    public Map<String, Standing> installed() throws IOException, InterruptedException {
        return rpm.installed();
    }

    /** Version 4 ends every line by itself, version 5 does not: there are empty lines, or none. */
    @Override
    public Map<String, Offer> offers(Collection<String> names)
            throws IOException, InterruptedException {
        List<String> argv =
                new ArrayList<>(
                        List.of("dnf", "-q", "repoquery", "--qf", "%{name}\\t%{evr}\\n", "--"));
        argv.addAll(names);
        Map<String, List<String>> versions = new HashMap<>();
        Answer answer = host.ask(argv).expecting("the lists of dnf", "dnf", Set.of(0));
        for (String line : answer.out()) {
            String[] words = line.split("\t", -1);
            if (words.length == 2 && names.contains(words[0])) {
                versions.computeIfAbsent(words[0], _ -> new ArrayList<>()).add(words[1]);
            }
        }
        return rpm.offers(versions);
    }

    @Override
    public int compare(String first, String second) throws IOException, InterruptedException {
        return rpm.compare(first, second);
    }

    @Override
    public Set<Path> files(String packageName) throws IOException, InterruptedException {
        return rpm.files(packageName);
    }

    @Override
    public List<LockWait.Lock> locks() {
        return List.of();
    }

    @Override
    public List<String> refresh(Set<Allow> allowed) {
        return List.of("dnf", "-y", "makecache", "--refresh");
    }

    @Override
    public List<List<Step>> calls(List<Step> steps) {
        return Calls.byDeed(steps);
    }

    @Override
    public List<String> command(List<Step> steps, Set<Allow> allowed) {
        List<String> argv = new ArrayList<>(List.of("dnf", "-y"));
        if (allowed.contains(Allow.UNTRUSTED)) {
            argv.add("--nogpgcheck");
        }
        boolean removes = Calls.removes(steps);
        argv.add(removes ? "remove" : Calls.upgrades(steps) ? "upgrade" : "install");
        argv.add("--");
        for (Step step : steps) {
            argv.add(
                    switch (step) {
                        case Step.Pin(String name, String version) -> name + "-" + version;
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
