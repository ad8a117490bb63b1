package dev.mgmt.remote.host;

/**
 * Every path that mgmt itself touches on a host, for those of them that Java code must name. The
 * scripts' half is {@code paths.sh}; a test holds the two equal.
 *
 * @param cache the cache directory that the host chose
 */
public record HostPaths(String cache) {
    /** One image, whole. */
    public String image(String digest) {
        return cache + "/images/" + digest;
    }

    /** Says that a process runs from an image, so that nobody prunes it. */
    public String marker(String digest, long process) {
        return cache + "/running/" + digest + "." + process;
    }
}
