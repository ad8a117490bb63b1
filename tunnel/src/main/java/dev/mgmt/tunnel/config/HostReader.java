package dev.mgmt.tunnel.config;

import dev.mgmt.tunnel.AlgorithmLimits;
import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.config.HostConfig.Keys;
import dev.mgmt.tunnel.config.HostConfig.Said;
import dev.mgmt.tunnel.config.HostConfig.Trust;
import dev.mgmt.tunnel.health.Keepalive;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import dev.mgmt.tunnel.identity.LoginRules;
import dev.mgmt.tunnel.identity.LoginRules.AgentKeys;
import dev.mgmt.tunnel.identity.LoginRules.Questions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From one answer of the client to what it means. Gathers what cannot be done; what it yields holds
 * only if there is none of that. Used once.
 */
final class HostReader {
    /** What a shell takes for nothing but itself. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:%@/+-]*");

    private final Reading reading;
    private final ClientAnswer answer;
    private final Tokens tokens;
    private final String host;
    private final List<ConfigProblem> problems = new ArrayList<>();

    HostReader(Reading reading, HostQuery query, ClientAnswer answer) {
        this.reading = reading;
        this.answer = answer;
        this.host = query.host();
        this.tokens =
                new Tokens(reading.home(), reading.environment())
                        .with('n', host)
                        .with('h', address())
                        .with('p', Integer.toString(port()))
                        .with('r', user())
                        .with('k', alias().orElse(address()))
                        .with('j', answer.set("proxyjump").orElse(""));
    }

    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /**
     * @param way as {@link #jumps} and {@link #command} lead
     */
    HostConfig read(HostConfig.Way way) {
        new OptionCheck(reading, host, answer).problems().forEach(problems::add);
        AlgorithmReader algorithms = new AlgorithmReader(reading, host, answer);
        AlgorithmLimits limits = algorithms.read();
        problems.addAll(algorithms.problems());
        return new HostConfig(
                host,
                address(),
                port(),
                user(),
                keys(),
                new Trust(
                        files("userknownhostsfile"),
                        files("globalknownhostsfile"),
                        alias(),
                        policy(),
                        names()),
                new LoginRules(
                        new MethodReader(answer).read(),
                        agentKeys(),
                        certificates(),
                        agent(),
                        questions()),
                connectTimeout(),
                keepalive(),
                way,
                limits);
    }

    // --- the way ------------------------------------------------------------------------------

    Optional<JumpList> jumps() {
        Optional<String> value = answer.set("proxyjump");
        Optional<JumpList> jumps = value.flatMap(tokens::fill).flatMap(JumpList::parse);
        if (value.isPresent() && jumps.isEmpty()) {
            refuse("proxyjump", value.get(), "write it as [user@]host[:port], with commas between");
        }
        return jumps;
    }

    Optional<String> command() {
        Optional<String> line = answer.set("proxycommand");
        if (line.isEmpty()) {
            return line;
        }
        for (String value : List.of(host, address(), user())) {
            if (!HARMLESS.matcher(value).matches()) {
                refuse("proxycommand", line.get(), "`" + value + "` means more than a name to sh");
            }
        }
        Optional<String> whole = tokens.fill(line.get());
        if (whole.isEmpty()) {
            refuse("proxycommand", line.get(), "of tokens, %% %h %n %p and %r can be filled in");
        }
        return whole;
    }

    Route.Direct direct() {
        Route.AddressFamily family =
                switch (answer.first("addressfamily").orElse("any")) {
                    case "inet" -> Route.AddressFamily.IPV4;
                    case "inet6" -> Route.AddressFamily.IPV6;
                    case String _ -> Route.AddressFamily.ANY;
                };
        return new Route.Direct(family, answer.set("bindaddress"));
    }

    // --- who and whom -------------------------------------------------------------------------

    private String address() {
        return answer.first("hostname").orElse(host);
    }

    private int port() {
        return Numbers.in(answer.first("port"), 1, 65_535).orElse(22);
    }

    private String user() {
        return answer.first("user").orElse(System.getProperty("user.name"));
    }

    private Optional<String> alias() {
        return answer.set("hostkeyalias");
    }

    private Keys keys() {
        List<String> said = answer.all("identityfile");
        boolean usual = said.equals(reading.defaults().all("identityfile"));
        List<Path> files =
                said.stream()
                        .filter(name -> !name.equals("none"))
                        .flatMap(name -> path("identityfile", name).stream())
                        .toList();
        return new Keys(files, usual ? Said.BY_DEFAULT : Said.IN_A_FILE);
    }

    private List<Path> certificates() {
        return answer.all("certificatefile").stream()
                .filter(name -> !name.equals("none"))
                .flatMap(name -> path("certificatefile", name).stream())
                .toList();
    }

    private Optional<Path> path(String option, String name) {
        Optional<Path> path = tokens.path(name);
        if (path.isEmpty()) {
            refuse(option, name, "something in it cannot be filled in: write the path out");
        }
        return path;
    }

    private AgentKeys agentKeys() {
        return answer.first("identitiesonly").filter("yes"::equals).isPresent()
                ? AgentKeys.NAMED
                : AgentKeys.ALL;
    }

    private Questions questions() {
        return answer.first("batchmode").filter("yes"::equals).isPresent()
                ? Questions.NONE
                : Questions.ALLOWED;
    }

    /** ssh_config(5), IdentityAgent: a socket, or the name of a variable that holds one. */
    private Optional<Path> agent() {
        String said = answer.first("identityagent").orElse("SSH_AUTH_SOCK");
        if (said.equals("none")) {
            return Optional.empty();
        }
        if (said.equals("SSH_AUTH_SOCK")) {
            return variable(said);
        }
        return said.startsWith("$") && !said.startsWith("${")
                ? variable(said.substring(1))
                : path("identityagent", said);
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(reading.environment().apply(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    // --- host keys ----------------------------------------------------------------------------

    /**
     * Several names on one line, without quotes: a name that does not begin like a path belongs to
     * the one before, with a blank in between.
     */
    private List<Path> files(String option) {
        List<String> names = new ArrayList<>();
        for (String word : answer.first(option).orElse("none").split(" ", -1)) {
            boolean begins = word.startsWith("/") || word.startsWith("~") || word.equals("none");
            if (names.isEmpty() || begins) {
                names.add(word);
            } else {
                names.add(names.removeLast() + " " + word);
            }
        }
        return names.stream()
                .filter(name -> !name.equals("none"))
                .flatMap(name -> path(option, name.replace("%", "%%")).stream())
                .toList();
    }

    private Optional<HostKeyPolicy> policy() {
        if (reading.isOverridden("stricthostkeychecking")) {
            return Optional.empty();
        }
        String said = answer.first("stricthostkeychecking").orElse("ask");
        return switch (said) {
            case "ask" -> Optional.empty();
            case "true", "yes" -> Optional.of(HostKeyPolicy.STRICT);
            case "accept-new" -> Optional.of(HostKeyPolicy.ACCEPT_NEW);
            case String _ -> {
                refuse(
                        "stricthostkeychecking",
                        said.equals("false") ? "no" : said,
                        "host keys are always checked: use accept-new, or give --host-key-policy");
                yield Optional.empty();
            }
        };
    }

    private HostKeyTrust.Names names() {
        return answer.first("hashknownhosts").filter("yes"::equals).isPresent()
                ? HostKeyTrust.Names.HASHED
                : HostKeyTrust.Names.PLAIN;
    }

    // --- times --------------------------------------------------------------------------------

    private Optional<Duration> connectTimeout() {
        return Numbers.in(answer.first("connecttimeout"), 1, Integer.MAX_VALUE)
                .map(Duration::ofSeconds);
    }

    private Optional<Keepalive> keepalive() {
        int count = Numbers.in(answer.first("serveralivecountmax"), 0, Integer.MAX_VALUE).orElse(3);
        return Numbers.in(answer.first("serveraliveinterval"), 1, Integer.MAX_VALUE)
                .map(seconds -> new Keepalive(Duration.ofSeconds(seconds), count));
    }

    private void refuse(String option, String value, String advice) {
        problems.add(ConfigProblem.unsupported(host, OptionUse.spelled(option), value, advice));
    }

    static List<String> list(String value) {
        return Arrays.asList(value.split(",", -1));
    }
}
