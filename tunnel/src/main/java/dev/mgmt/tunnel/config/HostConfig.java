package dev.mgmt.tunnel.config;

import dev.mgmt.tunnel.AlgorithmLimits;
import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.health.Keepalive;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import dev.mgmt.tunnel.identity.LoginRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How OpenSSH would reach a host. Two hosts with the same values are the same.
 *
 * @param host as it was asked for
 * @param address what HostName made of it
 * @param connectTimeout if one is set
 * @param keepalive if questions are to be asked
 */
public record HostConfig(
        String host,
        String address,
        int port,
        String user,
        Keys keys,
        Trust trust,
        LoginRules login,
        Optional<Duration> connectTimeout,
        Optional<Keepalive> keepalive,
        Way way,
        AlgorithmLimits limits) {
    /**
     * Private key files, in the order in which they are tried.
     *
     * @param said those that somebody named may be missed, the usual ones may not be there
     */
    public record Keys(List<Path> files, Said said) {
        public Keys {
            files = List.copyOf(files);
        }
    }

    /** Where a value comes from. */
    public enum Said {
        BY_DEFAULT,
        IN_A_FILE
    }

    /**
     * Where the host's key is looked up.
     *
     * @param alias what the host goes by there
     * @param policy empty: nothing but the default was said
     * @param names how a host is named where a key is added
     */
    public record Trust(
            List<Path> own,
            List<Path> global,
            Optional<String> alias,
            Optional<HostKeyPolicy> policy,
            HostKeyTrust.Names names) {
        public Trust {
            own = List.copyOf(own);
            global = List.copyOf(global);
        }
    }

    /** The way there. */
    public sealed interface Way {
        record Direct(Route.Direct route) implements Way {}

        record Jump(HostConfig host) implements Way {}

        /**
         * @param line whole: nothing is left to fill in
         */
        record Command(String line) implements Way {}
    }
}
