package dev.mgmt.remote.probe;

import dev.mgmt.remote.probe.HostFacts.Cache;
import dev.mgmt.remote.probe.HostFacts.Fitness;
import dev.mgmt.remote.probe.HostFacts.Libc;
import dev.mgmt.remote.probe.HostFacts.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the lines between {@code facts} and {@code end}. What it does not know it passes over: a
 * shell may write its own lines in between.
 */
final class FactLines {
    private String os = "";
    private String arch = "";
    private Libc libc = new Libc.Unknown();
    private long user = -1;
    private final Set<String> tools = new HashSet<>();
    private final List<Cache> caches = new ArrayList<>();

    private FactLines() {}

    /** Empty unless the host said at least what it is. */
    static Optional<HostFacts> read(List<String> lines) {
        FactLines facts = new FactLines();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                facts.take(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        }
        if (facts.os.isEmpty() || facts.arch.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new HostFacts(
                        facts.os, facts.arch, facts.libc, facts.user, facts.tools, facts.caches));
    }

    private void take(String key, String value) {
        switch (key) {
            case "os" -> os = value;
            case "arch" -> arch = value;
            case "libc" -> libc = libc(value);
            case "uid" -> user = Numbers.read(value).orElse(-1L);
            case "tool" -> tools.add(value);
            case "cache" -> cache(value).ifPresent(caches::add);
            default -> {}
        }
    }

    private static Libc libc(String value) {
        if (value.startsWith("musl")) {
            return new Libc.Musl(value.substring("musl".length()).strip());
        }
        if (value.startsWith("glibc ")) {
            return Version.read(value.substring("glibc ".length()))
                    .<Libc>map(Libc.Glibc::new)
                    .orElseGet(Libc.Unknown::new);
        }
        return new Libc.Unknown();
    }

    /** {@code FREE FITNESS DIRECTORY}, where only the directory may hold blanks. */
    private static Optional<Cache> cache(String value) {
        int first = value.indexOf(' ');
        int second = value.indexOf(' ', first + 1);
        if (first < 0 || second < 0) {
            return Optional.empty();
        }
        String directory = value.substring(second + 1);
        Optional<Fitness> fitness = fitness(value.substring(first + 1, second));
        return Numbers.read(value.substring(0, first))
                .flatMap(free -> fitness.map(it -> new Cache(directory, free, it)));
    }

    private static Optional<Fitness> fitness(String word) {
        return switch (word) {
            case "exec" -> Optional.of(Fitness.EXEC);
            case "noexec" -> Optional.of(Fitness.NOEXEC);
            case "unwritable" -> Optional.of(Fitness.UNWRITABLE);
            case "unusable" -> Optional.of(Fitness.UNUSABLE);
            default -> Optional.empty();
        };
    }
}
