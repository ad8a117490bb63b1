package dev.mgmt.cli.command;

import dev.mgmt.remote.local.Seed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Which store a run on this machine uses, and who else may.
 *
 * @param seeds where another process keeps it; none: it is this one's
 * @param authorities certificates that may vouch for a seed
 * @param doors where to open it to etcd clients
 * @param usualDoor where others expect it although nobody said so, as old scripts do; it may be
 *     taken
 */
record StoreOptions(
        List<Seed> seeds,
        Optional<Path> authorities,
        List<InetSocketAddress> doors,
        Optional<InetSocketAddress> usualDoor) {
    private static final InetSocketAddress USUAL =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 2379);

    /** Who says one of these has others in mind. */
    private static final List<String> OF_A_FLEET =
            List.of("--hostname", "--server-urls", "--peer-urls", "--ideal-cluster-size");

    private static final Pattern LITERAL_ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

    StoreOptions {
        seeds = List.copyOf(seeds);
        doors = List.copyOf(doors);
    }

    static void declare(CommandSpec spec) {
        spec.addOption(
                        Options.shortText(
                                "-s",
                                "--seeds",
                                "URL,...",
                                "Use the store at the first of these that answers: another run's"
                                        + " --client-urls, or an etcd (http, https, user:password@)."))
                .addOption(
                        Options.path(
                                "--seeds-ca",
                                "FILE",
                                "Certificates (PEM) that may vouch for an https seed."))
                .addOption(
                        Options.text(
                                "--client-urls",
                                "URL,...",
                                "Open the store to etcd clients and other runs, such as"
                                        + " http://127.0.0.1:2379."));
    }

    static StoreOptions of(Arguments arguments) {
        List<Seed> seeds = urls(arguments, "--seeds").map(url -> seed(arguments, url)).toList();
        List<InetSocketAddress> doors =
                urls(arguments, "--client-urls").map(url -> door(arguments, url)).toList();
        boolean first = seeds.isEmpty() && doors.isEmpty();
        boolean ofAFleet = OF_A_FLEET.stream().anyMatch(arguments::isGiven);
        return new StoreOptions(
                seeds,
                arguments.value("--seeds-ca"),
                doors,
                first && ofAFleet ? Optional.of(USUAL) : Optional.empty());
    }

    private static Stream<String> urls(Arguments arguments, String option) {
        return arguments.<String>value(option).stream()
                .flatMap(urls -> Arrays.stream(urls.split("[,; ]+")))
                .filter(url -> !url.isEmpty());
    }

    /** What is refused may hold a password: it is not repeated. */
    private static Seed seed(Arguments arguments, String url) {
        try {
            return Seed.of(url);
        } catch (IllegalArgumentException malformed) {
            String shown = url.contains("@") ? "a URL with a password" : url;
            String why =
                    malformed.getMessage() == null || malformed.getMessage().contains("@")
                            ? "is not a URL"
                            : malformed.getMessage();
            throw arguments.refused("--seeds: " + shown + " " + why);
        }
    }

    /** Only where no other machine can reach it: whoever reaches the store may write all of it. */
    private static InetSocketAddress door(Arguments arguments, String url) {
        URI uri = uri(arguments, url);
        String host = uri.getHost();
        if (!"http".equals(uri.getScheme()) || host == null || uri.getPort() < 0) {
            throw arguments.refused("--client-urls: " + url + " is not like http://127.0.0.1:2379");
        }
        InetAddress address =
                loopback(host)
                        .orElseThrow(
                                () ->
                                        arguments.refused(
                                                "--client-urls: "
                                                        + url
                                                        + " is not on loopback; whoever can reach"
                                                        + " the store controls this machine, and it"
                                                        + " asks for no password"));
        return new InetSocketAddress(address, uri.getPort());
    }

    private static URI uri(Arguments arguments, String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw arguments.refused("--client-urls: " + url + " is not a URL");
        }
    }

    /** Names other than localhost are not looked up: what they lead to may change. */
    private static Optional<InetAddress> loopback(String host) {
        if (host.equals("localhost")) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
        try {
            return LITERAL_ADDRESS.matcher(host).matches()
                    ? Optional.of(InetAddress.ofLiteral(host))
                            .filter(InetAddress::isLoopbackAddress)
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
