package dev.mgmt.remote.reach;

import dev.mgmt.tunnel.config.ConfigFile;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line says of every host. It gives way to what the inventory says, and ssh_config
 * fills what is empty.
 *
 * @param knownHosts in place of those of ssh_config, unless empty; for jump hosts too, as are the
 *     two that follow
 * @param config ssh_config in place of the usual
 */
public record SshOptions(
        Optional<String> user,
        Optional<Integer> port,
        List<Path> identities,
        List<Path> knownHosts,
        Optional<HostKeyPolicy> hostKeyPolicy,
        Optional<Duration> connectTimeout,
        Optional<ConfigFile> config) {
    public static final SshOptions NONE =
            new SshOptions(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public SshOptions {
        identities = List.copyOf(identities);
        knownHosts = List.copyOf(knownHosts);
    }

    /** The same with another ssh_config: a file, or {@code none} as the client takes it. */
    public SshOptions reading(String fileOrNone) {
        return new SshOptions(
                user,
                port,
                identities,
                knownHosts,
                hostKeyPolicy,
                connectTimeout,
                Optional.of(ConfigFile.of(fileOrNone)));
    }

    /** Options of ssh_config that decide nothing any more, in lower case. */
    public Set<String> overridden() {
        Set<String> overridden = new HashSet<>();
        hostKeyPolicy.ifPresent(_ -> overridden.add("stricthostkeychecking"));
        if (!knownHosts.isEmpty()) {
            overridden.add("userknownhostsfile");
            overridden.add("globalknownhostsfile");
        }
        return overridden;
    }
}
