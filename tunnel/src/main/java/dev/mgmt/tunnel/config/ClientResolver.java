package dev.mgmt.tunnel.config;

import dev.mgmt.tunnel.config.ClientProgram.Reply;
import dev.mgmt.tunnel.config.ClientProgram.Voice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the installed client, about a host and about every jump host on the way to it. A question
 * that was asked is not asked again, so many hosts behind one jump host cost one question more; nor
 * is one whose answer can only be that of another host ({@link Likeness}).
 */
public final class ClientResolver implements Resolver {
    /** A host that is never looked up, to learn what holds for any. */
    private static final HostQuery ANYBODY = HostQuery.of("any.invalid");

    /** A way that grows at every hop is as good as a circle. */
    private static final int LONGEST_WAY = 50;

    /** A configuration that takes longer to read runs commands: it is not waited for. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ClientProgram client;
    private final ConfigFile file;
    private final Offer offer;
    private final Set<String> overridden;
    private final Function<String, @Nullable String> environment;
    private final Map<Question, CompletableFuture<Reply>> replies = new ConcurrentHashMap<>();
    private final Map<Sort, CompletableFuture<Optional<ClientAnswer>>> alike =
            new ConcurrentHashMap<>();

    /**
     * @param overridden options that the command line decides, whatever a file says
     */
    public ClientResolver(
            ClientProgram client,
            ConfigFile file,
            Offer offer,
            Set<String> overridden,
            Function<String, @Nullable String> environment) {
        this.client = client;
        this.file = file;
        this.offer = offer;
        this.overridden = Set.copyOf(overridden);
        this.environment = environment;
    }

    private record Question(ConfigFile file, HostQuery query) {}

    /** Questions that differ in nothing but names and numbers. */
    private record Sort(boolean hasPort, boolean hasUser, Optional<String> jumps) {
        static Sort of(HostQuery query) {
            return new Sort(query.port().isPresent(), query.user().isPresent(), query.jumps());
        }
    }

    @Override
    public Resolution resolve(HostQuery query) throws InterruptedException {
        return switch (reply(new Question(new ConfigFile.None(), ANYBODY), Voice.QUIET)) {
            case Reply.Failed(String why) -> unusable(query, "of its defaults: " + why, "");
            case Reply.Answered(ClientAnswer defaults, _) ->
                    resolve(
                            query,
                            new Reading(
                                    defaults,
                                    offer,
                                    overridden,
                                    System.getProperty("user.home"),
                                    environment),
                            List.of());
        };
    }

    /**
     * @param trail hosts whose way leads over this one
     */
    private Resolution resolve(HostQuery query, Reading reading, List<HostQuery> trail)
            throws InterruptedException {
        if (trail.contains(query) || trail.size() == LONGEST_WAY) {
            return circle(trail.getFirst());
        }
        return switch (reply(query)) {
            case Reply.Failed(String why) when why.contains("jumphost loop") -> circle(query);
            case Reply.Failed(String why) -> unusable(query, why, "try  ssh -G " + query.host());
            case Reply.Answered(ClientAnswer answer, _) ->
                    read(query, new HostReader(reading, query, answer), reading, trail);
        };
    }

    private Resolution read(
            HostQuery query, HostReader reader, Reading reading, List<HostQuery> trail)
            throws InterruptedException {
        Optional<JumpList> jumps = reader.jumps();
        HostConfig.Way way =
                reader.command()
                        .<HostConfig.Way>map(HostConfig.Way.Command::new)
                        .orElseGet(() -> new HostConfig.Way.Direct(reader.direct()));
        List<ConfigProblem> onTheWay = List.of();
        if (jumps.isPresent()) {
            List<HostQuery> longer = new ArrayList<>(trail);
            longer.add(query);
            switch (resolve(jumps.get().last(), reading, longer)) {
                case Resolution.Resolved(HostConfig jump) -> way = new HostConfig.Way.Jump(jump);
                case Resolution.Unusable(List<ConfigProblem> problems) -> onTheWay = problems;
            }
        }
        HostConfig config = reader.read(way);
        List<ConfigProblem> problems = new ArrayList<>(reader.problems());
        problems.addAll(onTheWay);
        return problems.isEmpty()
                ? new Resolution.Resolved(config)
                : new Resolution.Unusable(problems);
    }

    private static Resolution circle(HostQuery query) {
        return new Resolution.Unusable(
                List.of(
                        new ConfigProblem(
                                query.host(),
                                "its ProxyJump leads in a circle",
                                "say `ProxyJump none` for the first host of the way")));
    }

    private static Resolution unusable(HostQuery query, String why, String advice) {
        return new Resolution.Unusable(
                List.of(
                        new ConfigProblem(
                                query.host(),
                                "the OpenSSH client gives no answer: " + why,
                                advice)));
    }

    private Reply reply(HostQuery query) throws InterruptedException {
        Question question = new Question(file, query);
        if (!Likeness.isPlain(query.host())) {
            return reply(question, Voice.QUIET);
        }
        CompletableFuture<Optional<ClientAnswer>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<ClientAnswer>> first = alike.putIfAbsent(Sort.of(query), mine);
        if (first == null) {
            return firstReply(question, mine);
        }
        Optional<ClientAnswer> common = known(first);
        return common.isPresent()
                ? new Reply.Answered(Likeness.of(query, common.get()), List.of())
                : reply(question, Voice.QUIET);
    }

    private Reply firstReply(Question question, CompletableFuture<Optional<ClientAnswer>> common)
            throws InterruptedException {
        try {
            Reply reply = reply(question, Voice.ALOUD);
            if (reply instanceof Reply.Answered(ClientAnswer answer, List<String> said)
                    && answer.first("hostname").equals(Optional.of(question.query().host()))
                    && Likeness.isShown(said)) {
                common.complete(Optional.of(answer));
            }
            return reply;
        } finally {
            common.complete(Optional.empty());
        }
    }

    private static Optional<ClientAnswer> known(CompletableFuture<Optional<ClientAnswer>> first)
            throws InterruptedException {
        try {
            return first.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is never a failure of ours", e);
        }
    }

    /** The first who wants to know asks; the others wait for what comes of it. */
    private Reply reply(Question question, Voice voice) throws InterruptedException {
        CompletableFuture<Reply> mine = new CompletableFuture<>();
        CompletableFuture<Reply> others = replies.putIfAbsent(question, mine);
        if (others == null) {
            try {
                mine.complete(client.ask(question.file(), question.query(), voice));
            } finally {
                mine.complete(new Reply.Failed("the question was interrupted"));
            }
        }
        try {
            return (others == null ? mine : others).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reply is never a failure of ours", e);
        }
    }
}
