package dev.mgmt.remote.host;

import dev.mgmt.engine.world.KeyPart;

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

    /**
     * What agents remember from one life to the next, for this name of the host in the run: private
     * to its user, and empty or not there at all while nothing is to be remembered.
     */
    public String state(String host) {
        return cache + "/state/" + KeyPart.encode(host);
    }

    /** Says that a process runs from an image, so that nobody prunes it. */
    public String marker(String digest, long process) {
        return cache + "/running/" + digest + "." + process;
    }
}
