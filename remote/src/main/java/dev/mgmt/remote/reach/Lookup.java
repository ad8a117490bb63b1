package dev.mgmt.remote.reach;

import dev.mgmt.remote.inventory.HostSpec;
import dev.mgmt.tunnel.config.ClientProgram;
import dev.mgmt.tunnel.config.ClientResolver;
import dev.mgmt.tunnel.config.ConfigFile;
import dev.mgmt.tunnel.config.Offer;
import dev.mgmt.tunnel.config.PlainResolver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks this machine's OpenSSH client how hosts are reached, where it has one. */
public final class Lookup {
    private final SshOptions options;
    private final Offer offer;
    private final Map<String, String> environment;
    private final Path home;
    private final Optional<ClientProgram> client;

    /**
     * @param offer what connections can be made with
     * @param environment of this process
     * @param home of this user, where no client knows it
     */
    public Lookup(SshOptions options, Offer offer, Map<String, String> environment, Path home) {
        this.options = options;
        this.offer = offer;
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.client = ClientProgram.onPath(environment.getOrDefault("PATH", ""));
    }

    /** What somebody may want to know who wonders why a file is not heeded. */
    public Optional<String> remark() {
        return client.isPresent()
                ? Optional.empty()
                : Optional.of(
                        "no OpenSSH client is on PATH: its defaults hold, and no ssh_config is"
                                + " read");
    }

    public ReachFinding of(List<HostSpec> hosts) throws InterruptedException {
        if (client.isPresent()) {
            ConfigFile file = options.config().orElseGet(ConfigFile.Usual::new);
            return ReachFinding.of(
                    hosts,
                    options,
                    new ClientResolver(
                            client.get(), file, offer, options.overridden(), environment::get));
        }
        if (options.config().isPresent()
                && options.config().get() instanceof ConfigFile.Named(Path file)) {
            return new ReachFinding.Unusable(
                    List.of(
                            "--ssh-config: only the OpenSSH client can read "
                                    + file
                                    + ", and none is on PATH (install openssh-client, or leave the"
                                    + " option out)"));
        }
        return ReachFinding.of(hosts, options, new PlainResolver(home, environment::get));
    }
}
