package dev.mgmt.remote.probe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a host told about itself.
 *
 * @param os as {@code uname -s} says it, such as {@code Linux}
 * @param arch as {@code uname -m} says it, such as {@code x86_64}
 * @param user number of the user that the agent will run as
 * @param tools which of tar, gzip, zstd and xz are there
 * @param caches where an image could lie, best first
 */
public record HostFacts(
        String os, String arch, Libc libc, long user, Set<String> tools, List<Cache> caches) {
    public HostFacts {
        tools = Set.copyOf(tools);
        caches = List.copyOf(caches);
    }

    /** The C library that programs are linked with. */
    public sealed interface Libc {
        record Glibc(Version version) implements Libc {}

        record Musl(String version) implements Libc {}

        record Unknown() implements Libc {}

        /** As images and messages call it. */
        default String family() {
            return switch (this) {
                case Glibc(_) -> "glibc";
                case Musl(_) -> "musl";
                case Unknown() -> "unknown";
            };
        }
    }

    /** The first two numbers of a glibc's version: it has no others that matter. */
    public record Version(int major, int minor) implements Comparable<Version> {
        /** {@code 2.36}, with whatever follows; empty for what is no version. */
        public static Optional<Version> read(String text) {
            int dot = text.indexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            int end = dot + 1;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            Optional<Long> major = Numbers.read(text.substring(0, dot));
            Optional<Long> minor = Numbers.read(text.substring(dot + 1, end));
            return major.flatMap(
                    first -> minor.map(second -> new Version(first.intValue(), second.intValue())));
        }

        @Override
        public int compareTo(Version other) {
            int byMajor = Integer.compare(major, other.major);
            return byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    /**
     * A directory that may hold images.
     *
     * @param freeKib for us, in KiB
     */
    public record Cache(String directory, long freeKib, Fitness fitness) {}

    public enum Fitness {
        /** Can be written, and what is written can be run. */
        EXEC,
        /** What is written cannot be run. */
        NOEXEC,
        UNWRITABLE,
        /** Cannot be made, or is not safely ours. */
        UNUSABLE
    }

    /** As images are named: {@code linux-x86_64-glibc}. */
    public String platform() {
        return os.toLowerCase(Locale.ROOT) + "-" + arch + "-" + libc.family();
    }
}
