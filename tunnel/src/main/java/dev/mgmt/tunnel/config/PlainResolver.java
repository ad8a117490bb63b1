package dev.mgmt.tunnel.config;

import dev.mgmt.tunnel.AlgorithmLimits;
import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.config.HostConfig.Keys;
import dev.mgmt.tunnel.config.HostConfig.Said;
import dev.mgmt.tunnel.config.HostConfig.Trust;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import dev.mgmt.tunnel.identity.LoginRules;
import dev.mgmt.tunnel.identity.LoginRules.AgentKeys;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * For machines without an OpenSSH client: the defaults of ssh_config(5), and no configuration file.
 */
public final class PlainResolver implements Resolver {
    private static final List<String> KEY_FILES = List.of("id_rsa", "id_ecdsa", "id_ed25519");
    private static final List<String> KNOWN_HOSTS = List.of("known_hosts", "known_hosts2");
    private static final Path GLOBAL = Path.of("/etc/ssh");
    private static final int SSH_PORT = 22;

    private final Path ssh;
    private final Function<String, @Nullable String> environment;

    /**
     * @param home of this user
     */
    public PlainResolver(Path home, Function<String, @Nullable String> environment) {
        this.ssh = home.resolve(".ssh");
        this.environment = environment;
    }

    @Override
    public Resolution resolve(HostQuery query) {
        Optional<Path> agent =
                Optional.ofNullable(environment.apply("SSH_AUTH_SOCK"))
                        .filter(socket -> !socket.isEmpty())
                        .map(Path::of);
        return new Resolution.Resolved(
                new HostConfig(
                        query.host(),
                        query.host(),
                        query.port().orElse(SSH_PORT),
                        query.user().orElse(System.getProperty("user.name")),
                        new Keys(KEY_FILES.stream().map(ssh::resolve).toList(), Said.BY_DEFAULT),
                        new Trust(
                                KNOWN_HOSTS.stream().map(ssh::resolve).toList(),
                                KNOWN_HOSTS.stream().map(f -> GLOBAL.resolve("ssh_" + f)).toList(),
                                Optional.empty(),
                                Optional.empty(),
                                HostKeyTrust.Names.PLAIN),
                        new LoginRules(
                                EnumSet.allOf(LoginRules.Method.class),
                                AgentKeys.ALL,
                                List.of(),
                                agent,
                                LoginRules.Questions.ALLOWED),
                        Optional.empty(),
                        Optional.empty(),
                        new HostConfig.Way.Direct(Route.Direct.anyhow()),
                        AlgorithmLimits.NONE));
    }
}
