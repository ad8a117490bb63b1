package dev.mgmt.tunnel.identity;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a host's key is checked.
 *
 * @param own known_hosts files of the user's; the first is the one that grows under {@link
 *     HostKeyPolicy#ACCEPT_NEW}
 * @param global those of the machine, which are only read
 * @param alias the name the host goes by in these files, in place of its address and port
 * @param names how a host is named where a key is added
 */
public record HostKeyTrust(
        HostKeyPolicy policy,
        List<Path> own,
        List<Path> global,
        Optional<String> alias,
        Names names) {
    /** How a known_hosts file names a host. */
    public enum Names {
        PLAIN,
        /** Whoever reads the file does not learn which hosts it is about. */
        HASHED
    }

    public HostKeyTrust {
        own = List.copyOf(own);
        global = List.copyOf(global);
    }

    public static HostKeyTrust strict(List<Path> own) {
        return new HostKeyTrust(
                HostKeyPolicy.STRICT, own, List.of(), Optional.empty(), Names.PLAIN);
    }

    /** Every file, in the order in which they are consulted. */
    public List<Path> files() {
        return Stream.concat(own.stream(), global.stream()).toList();
    }

    /** Where a new key is written down, if it may be. */
    public Optional<Path> growing() {
        return own.stream().findFirst();
    }

    /** As these files name a host; an alias stands for itself, whatever the port. */
    public HostName nameOf(String address, int port) {
        return alias.map(name -> new HostName(name, HostName.SSH_PORT))
                .orElseGet(() -> new HostName(address, port));
    }
}
