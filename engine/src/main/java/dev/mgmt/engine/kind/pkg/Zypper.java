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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SUSE's: zypper(8). It refreshes its lists as each repository asks for, and waits for its lock as
 * long as ZYPP_LOCK_TIMEOUT says, without a word.
 */
final class Zypper implements PackageManager {
    private static final Pattern SOLVABLE =
            Pattern.compile("<solvable .*\\bname=\"([^\"]+)\".*\\bedition=\"([^\"]+)\".*");

    /** Such a version is only installed. */
    private static final String NO_REPOSITORY = "(System Packages)";

    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    /** All well, nothing found, some repository left out: see EXIT CODES in zypper(8). */
    private static final Set<Integer> READABLE = Set.of(0, 104, 106);

    private static final Speech SPEECH =
            new Speech(
                    List.of(
                            "No provider of 'NAME(?:=.*)?' found\\.",
                            ".*nothing provides .* needed by (?:the to be installed )?NAME"
                                    + RpmDatabase.TAIL,
                            "Problem: .*the to be installed NAME"
                                    + RpmDatabase.TAIL
                                    + " (?:requires|conflicts) .*",
                            "Installation of NAME" + RpmDatabase.TAIL + " failed:",
                            "NAME"
                                    + RpmDatabase.TAIL
                                    + " \\(.*\\): Signature verification failed.*"),
                    Pattern.compile(
                            "(?:Error|Error message|error): .*|Problem (?!occurred).*|Problem: .*"
                                    + "|Installation of .*|System management .*"
                                    + "|.*Signature verification failed.*"),
                    Pattern.compile("System management is locked by .*"),
                    Pattern.compile(
                            ".*(?:File '.*' not found on medium|Download \\(curl\\) error for) .*"),
                    Speech.NOTHING);

    private final PackageHost host;
    private final RpmDatabase rpm;

    Zypper(PackageHost host) {
        this.host = host;
        this.rpm = new RpmDatabase(host);
    }

    @Override
    public String name() {
        return "zypper";
    }

    @Override
    public Database database() {
        return rpm.database();
    }

    @Override
    public Map<String, Standing> installed() throws IOException, InterruptedException {
        return rpm.installed();
    }

    @Override
    public Map<String, Offer> offers(Collection<String> names)
            throws IOException, InterruptedException {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                "zypper",
                                "--non-interactive",
                                "--xmlout",
                                "search",
                                "--details",
                                "--match-exact",
                                "--type",
                                "package"));
        argv.addAll(names);
        Map<String, List<String>> versions = new HashMap<>();
        for (String line : readable(host.ask(argv)).out()) {
            Matcher solvable = SOLVABLE.matcher(line);
            if (solvable.matches() && !line.contains(NO_REPOSITORY)) {
                versions.computeIfAbsent(solvable.group(1), _ -> new ArrayList<>())
                        .add(solvable.group(2));
            }
        }
        return rpm.offers(versions);
    }

    /** What went wrong is in the document, too. */
    private static Answer readable(Answer answer) throws IOException {
        if (!READABLE.contains(answer.code())) {
            List<String> said = new ArrayList<>();
            for (String line : answer.lines()) {
                said.add(TAG.matcher(line).replaceAll(""));
            }
            new Answer(answer.code(), said, List.of())
                    .expecting("the lists of zypper", "zypper", READABLE);
        }
        return answer;
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
        return List.of(new LockWait.Lock.Pid(host.at("/run/zypp.pid")));
    }

    @Override
    public List<String> refresh(Set<Allow> allowed) {
        List<String> argv = call(allowed);
        argv.add("refresh");
        return argv;
    }

    /** It installs and removes in one call. */
    @Override
    public List<List<Step>> calls(List<Step> steps) {
        return List.of(steps);
    }

    @Override
    public List<String> command(List<Step> steps, Set<Allow> allowed) {
        List<String> argv = call(allowed);
        boolean removes = Calls.removes(steps);
        if (removes) {
            argv.addAll(List.of("remove", "--"));
        } else {
            argv.addAll(List.of("install", "--auto-agree-with-licenses"));
            if (allowed.contains(Allow.UNTRUSTED)) {
                argv.add("--allow-unsigned-rpm");
            }
            if (allowed.contains(Allow.DOWNGRADE)) {
                argv.add("--oldpackage");
            }
            argv.add("--");
        }
        for (Step step : steps) {
            argv.add(
                    switch (step) {
                        case Step.Install(String name) -> name;
                        case Step.Upgrade(String name) -> name;
                        case Step.Pin(String name, String version) -> name + "=" + version;
                        case Step.Remove(String name) -> removes ? name : "-" + name;
                    });
        }
        return argv;
    }

    @Override
    public Speech speech() {
        return SPEECH;
    }

    private static List<String> call(Set<Allow> allowed) {
        List<String> argv = new ArrayList<>(List.of("zypper", "--non-interactive"));
        if (allowed.contains(Allow.UNTRUSTED)) {
            argv.add("--no-gpg-checks");
        }
        return argv;
    }
}
