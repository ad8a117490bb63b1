package dev.mgmt.remote.fleet;

import dev.mgmt.remote.inventory.HostSpec;
import dev.mgmt.remote.reach.SshOptions;
import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.config.HostConfig;
import dev.mgmt.tunnel.config.HostConfig.Said;
import dev.mgmt.tunnel.health.Keepalive;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import dev.mgmt.tunnel.identity.LoginRules.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whom to connect to for each host of a run. A jump host is one target, whoever passes it: that is
 * how its connection comes to be shared. Used by one thread.
 */
final class Targets {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final SshOptions options;
    private final Keepalive keepalive;
    private final Equipment equipment;
    private final Map<HostConfig, Target> jumps = new HashMap<>();

    Targets(FleetOptions options, Equipment equipment) {
        this.options = options.ssh();
        this.keepalive = options.pace().keepalive();
        this.equipment = equipment;
    }

    Target of(HostSpec host) {
        HostConfig config = equipment.reach().of(host);
        return target(host.name(), config).as(config.user(), credentials(host, config));
    }

    private Target target(String name, HostConfig config) {
        HostConfig.Trust trust = config.trust();
        boolean named = !options.knownHosts().isEmpty();
        return Target.of(name, config.address(), config.port(), config.user())
                .trusting(
                        new HostKeyTrust(
                                options.hostKeyPolicy()
                                        .or(trust::policy)
                                        .orElse(HostKeyPolicy.STRICT),
                                named ? options.knownHosts() : trust.own(),
                                named ? List.of() : trust.global(),
                                trust.alias(),
                                trust.names()))
                .with(config.login(), config.limits())
                .within(
                        options.connectTimeout().or(config::connectTimeout).orElse(CONNECT_TIMEOUT),
                        config.keepalive().orElse(keepalive))
                .by(route(config.way()));
    }

    private Route route(HostConfig.Way way) {
        return switch (way) {
            case HostConfig.Way.Direct(Route.Direct route) -> route;
            case HostConfig.Way.Command(String line) -> new Route.Command(line);
            case HostConfig.Way.Jump(HostConfig jump) -> new Route.Through(jump(jump));
        };
    }

    /** Not computed in place: its own way may lead over others. */
    private Target jump(HostConfig config) {
        Target known = jumps.get(config);
        if (known != null) {
            return known;
        }
        Target target =
                target(config.host(), config)
                        .as(config.user(), credentials(files(config), Optional.empty(), config));
        jumps.put(config, target);
        return target;
    }

    /** The host's own keys, else everybody's; a password that somebody wrote down comes last. */
    private List<Credential> credentials(HostSpec host, HostConfig config) {
        List<Path> named = host.identities().isEmpty() ? options.identities() : host.identities();
        return credentials(named.isEmpty() ? files(config) : named, host.password(), config);
    }

    /** Whoever is at the console is asked when nothing else has helped. */
    private List<Credential> credentials(
            List<Path> files, Optional<String> written, HostConfig config) {
        List<Credential> credentials = new ArrayList<>(keys(files, config));
        boolean passwords =
                config.login().methods().contains(Method.PASSWORD)
                        || config.login().methods().contains(Method.KEYBOARD_INTERACTIVE);
        if (passwords) {
            written.ifPresent(
                    secret -> credentials.add(new Credential.Password(secret::toCharArray)));
            equipment
                    .password()
                    .ifPresent(secret -> credentials.add(new Credential.Password(secret)));
            credentials.add(new Credential.Asked());
        }
        return credentials;
    }

    private List<Credential> keys(List<Path> files, HostConfig config) {
        List<Credential> keys = new ArrayList<>();
        if (config.login().methods().contains(Method.PUBLIC_KEY)) {
            for (Path file : files) {
                keys.add(new Credential.KeyFile(file, passphrase(file, config)));
            }
        }
        return keys;
    }

    private Supplier<char[]> passphrase(Path file, HostConfig config) {
        return switch (config.login().questions()) {
            case ALLOWED -> () -> equipment.passphrases().apply(file);
            case NONE -> () -> new char[0];
        };
    }

    /** Of the usual ones those that are there; what somebody named is missed if it is not. */
    private static List<Path> files(HostConfig config) {
        return config.keys().said() == Said.BY_DEFAULT
                ? config.keys().files().stream().filter(Files::isReadable).toList()
                : config.keys().files();
    }
}
