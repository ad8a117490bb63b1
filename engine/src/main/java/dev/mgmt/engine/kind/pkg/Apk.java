package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Alpine's: apk(8). Its database is one text file of one-letter fields, see apk-package(5). */
final class Apk implements PackageManager {
    private static final String LONGEST_WAIT_SECONDS = "86400";

    private static final String TAIL = "(?:-[0-9][^- ]*(?:-r\\d+)?)?";
    private static final Speech SPEECH =
            new Speech(
                    List.of(
                            "  NAME \\(no such package\\):",
                            "  NAME \\(missing\\):",
                            "    required by:(?: .*)? NAME" + TAIL + "\\[.*",
                            "  NAME" + TAIL + ":",
                            "ERROR: NAME" + TAIL + ": .*"),
                    Pattern.compile(
                            "(?:ERROR|WARNING): .*|World updated, but .*|  \\S+: .*|  \\S+ \\(no such package\\):"),
                    Pattern.compile(
                            "ERROR: Unable to lock database: (?:Resource|Interrupted|temporary).*"),
                    Pattern.compile(
                            "ERROR: .*(?:package mentioned in index not found|temporary error).*"),
                    Speech.NOTHING);

    private final PackageHost host;

    Apk(PackageHost host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "apk";
    }

    @Override
    public Database database() {
        return new Database(
                List.of(installedFile()), List.of(), List.of(host.at("/var/cache/apk")));
    }

    @Override
    public Map<String, Standing> installed() throws IOException {
        Map<String, Standing> found = new HashMap<>();
        String name = "";
        for (String line : lines()) {
            if (line.startsWith("P:")) {
                name = line.substring(2);
            } else if (line.startsWith("V:")) {
                found.put(name, Standing.of(line.substring(2)));
            }
        }
        return found;
    }

    @Override
    public Map<String, Offer> offers(Collection<String> names)
            throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("apk", "policy"));
        argv.addAll(names);
        Answer answer = host.ask(argv).expecting("the lists of apk", "apk", Set.of(0));
        Map<String, Offer> offers = new HashMap<>();
        for (Map.Entry<String, Set<String>> known : PolicyTable.apk(answer.out()).entrySet()) {
            List<String> versions = List.copyOf(known.getValue());
            if (!versions.isEmpty()) {
                offers.put(known.getKey(), RpmDatabase.newest(versions, this));
            }
        }
        return offers;
    }

    @Override
    public int compare(String first, String second) throws IOException, InterruptedException {
        String sign =
                String.join("", host.ask(List.of("apk", "version", "-t", first, second)).out());
        return switch (sign.trim()) {
            case "<" -> -1;
            case "=" -> 0;
            case ">" -> 1;
            default -> throw new IOException("apk cannot compare " + first + " and " + second);
        };
    }

    @Override
    public Set<Path> files(String packageName) throws IOException {
        Set<Path> paths = new LinkedHashSet<>();
        boolean wanted = false;
        Path directory = Path.of("/");
        for (String line : lines()) {
            if (line.startsWith("P:")) {
                wanted = line.substring(2).equals(packageName);
            } else if (wanted && line.startsWith("F:")) {
                directory = Path.of("/" + line.substring(2));
                paths.add(directory);
            } else if (wanted && line.startsWith("R:")) {
                paths.add(directory.resolve(line.substring(2)));
            }
        }
        return paths;
    }

    /** It waits by itself, and says so. */
    @Override
    public List<LockWait.Lock> locks() {
        return List.of();
    }

    @Override
    public List<String> refresh(Set<Allow> allowed) {
        List<String> argv = call(allowed);
        argv.add("update");
        return argv;
    }

    @Override
    public List<List<Step>> calls(List<Step> steps) {
        return Calls.byDeed(steps);
    }

    @Override
    public List<String> command(List<Step> steps, Set<Allow> allowed) {
        List<String> argv = call(allowed);
        argv.add(Calls.removes(steps) ? "del" : "add");
        if (Calls.upgrades(steps)) {
            argv.add("--upgrade");
        }
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

    private static List<String> call(Set<Allow> allowed) {
        List<String> argv =
                new ArrayList<>(List.of("apk", "--no-progress", "--wait", LONGEST_WAIT_SECONDS));
        if (allowed.contains(Allow.UNTRUSTED)) {
            argv.add("--allow-untrusted");
        }
        return argv;
    }

    /** It moved with the merge of {@code /lib} into {@code /usr/lib}. */
    private Path installedFile() {
        Path merged = host.at("/usr/lib/apk/db/installed");
        return Files.exists(merged) ? merged : host.at("/lib/apk/db/installed");
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(installedFile(), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
