package dev.mgmt.tunnel;

import dev.mgmt.tunnel.health.Keepalive;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import dev.mgmt.tunnel.identity.LoginRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Whom to connect to, and as whom.
 *
 * @param name the host's name in the inventory; what messages say
 * @param address host name or IP address to connect to
 * @param port from 1 to 65535
 * @param credentials tried in this order
 * @param trust how the host's key is checked
 * @param login which proofs may be offered, and where more of them are found
 * @param connectTimeout for the TCP connection, and again for key exchange with login
 * @param route the way to the address
 * @param limits on what may be agreed upon with the host
 */
public record Target(
        String name,
        String address,
        int port,
        String user,
        List<Credential> credentials,
        HostKeyTrust trust,
        LoginRules login,
        Duration connectTimeout,
        Keepalive keepalive,
        Route route,
        AlgorithmLimits limits) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    public Target {
        credentials = List.copyOf(credentials);
    }

    /** Directly, without a credential yet, and trusting nobody. */
    public static Target of(String name, String address, int port, String user) {
        return new Target(
                name,
                address,
                port,
                user,
                List.of(),
                HostKeyTrust.strict(List.of()),
                LoginRules.ANY,
                CONNECT_TIMEOUT,
                Keepalive.USUAL,
                Route.Direct.anyhow(),
                AlgorithmLimits.NONE);
    }

    /** For messages: address, port, and what is passed on the way. */
    public String where() {
        String place = (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
        return switch (route) {
            case Route.Direct _ -> place;
            case Route.Through(Target jump) -> place + " through " + jump.way();
            case Route.Command _ -> place + " by its ProxyCommand";
        };
    }

    /** Names of the hosts up to this one, the first first. */
    private String way() {
        return switch (route) {
            case Route.Direct _, Route.Command _ -> name;
            case Route.Through(Target jump) -> jump.way() + ", " + name;
        };
    }

    public HostKeyPolicy hostKeyPolicy() {
        return trust.policy();
    }

    /** Every file that is consulted. */
    public List<Path> knownHosts() {
        return trust.files();
    }

    public Target at(String otherAddress, int otherPort) {
        return new Target(
                name,
                otherAddress,
                otherPort,
                user,
                credentials,
                trust,
                login,
                connectTimeout,
                keepalive,
                route,
                limits);
    }

    public Target as(String otherUser, List<Credential> otherCredentials) {
        return new Target(
                name,
                address,
                port,
                otherUser,
                otherCredentials,
                trust,
                login,
                connectTimeout,
                keepalive,
                route,
                limits);
    }

    public Target trusting(HostKeyTrust otherTrust) {
        return new Target(
                name,
                address,
                port,
                user,
                credentials,
                otherTrust,
                login,
                connectTimeout,
                keepalive,
                route,
                limits);
    }

    public Target with(LoginRules otherLogin, AlgorithmLimits otherLimits) {
        return new Target(
                name,
                address,
                port,
                user,
                credentials,
                trust,
                otherLogin,
                connectTimeout,
                keepalive,
                route,
                otherLimits);
    }

    public Target within(Duration otherConnectTimeout, Keepalive otherKeepalive) {
        return new Target(
                name,
                address,
                port,
                user,
                credentials,
                trust,
                login,
                otherConnectTimeout,
                otherKeepalive,
                route,
                limits);
    }

    public Target by(Route otherRoute) {
        return new Target(
                name,
                address,
                port,
                user,
                credentials,
                trust,
                login,
                connectTimeout,
                keepalive,
                otherRoute,
                limits);
    }
}
