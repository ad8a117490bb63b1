package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.ResourceDriver.Freshness;
import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.world.World;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Plays a script against {@link Step} and compares what comes out with what the script says.
 *
 * <pre>
 * graph a[retry=1,delay=9] a->b b~>c d    a graph: vertices with meta, order and notify edges
 * a good | changed | deviates | fails why  the end of a run
 * a event | watching | lost why            from its watch
 * a rings                                  its last timer goes off
 * > run b refresh                          what is asked for
 * = idle good=1 failed=a blocked=b         the standing
 * </pre>
 */
final class StepScript {
    private final Step step;
    private final Map<String, Ticket> tickets = new HashMap<>();
    private final Map<Ticket, String> names = new HashMap<>();
    private final Map<Ticket, Timer> timers = new HashMap<>();
    private final List<String> transcript = new ArrayList<>();
    private long revision;

    StepScript(EngineOptions options) {
        step = new Step(options, StepScript::freshness);
    }

    static void check(String script) {
        check(EngineOptions.of("h"), script);
    }

    static void check(EngineOptions options, String script) {
        StepScript player = new StepScript(options);
        for (String line : script.lines().toList()) {
            if (line.startsWith("=")) {
                player.transcript.add("= " + player.standing());
            } else if (!line.startsWith(">")) {
                player.transcript.add(line);
                player.play(line);
            }
        }
        assertEquals(script.strip(), String.join("\n", player.transcript));
    }

    private static Freshness freshness(Resource resource) {
        String comment = resource instanceof NoopResource noop ? noop.comment() : "";
        return switch (comment) {
            case "watched" -> Freshness.WATCHED;
            case "ticks" -> Freshness.TICKING;
            default -> Freshness.SETTLED;
        };
    }

    private void play(String line) {
        String[] words = line.split(" ", 3);
        if (words[0].equals("graph")) {
            revision++;
            feed(new Input.Submitted(graph(line.substring(6)), revision));
            return;
        }
        if (words[0].equals("stop")) {
            feed(new Input.StopAsked());
            return;
        }
        boolean old = words[0].startsWith("old-");
        Ticket ticket = tickets.get(words[0]);
        if (ticket == null) {
            throw new AssertionError((old ? "no old " : "no ") + words[0]);
        }
        String rest = words.length > 2 ? words[2] : "";
        feed(
                switch (words[1]) {
                    case "good" -> new Input.Ran(ticket, Outcome.GOOD);
                    case "changed" -> new Input.Ran(ticket, Outcome.changed("x", ""));
                    case "deviates" ->
                            new Input.Ran(
                                    ticket,
                                    new Outcome.Deviates(List.of(new Outcome.Mending("x", ""))));
                    case "fails" -> new Input.Ran(ticket, Outcome.Failed.because(rest));
                    case "event" -> new Input.Disturbed(ticket);
                    case "watching" -> new Input.WatchStarted(ticket);
                    case "lost" -> new Input.WatchEnded(ticket, rest);
                    case "rings" -> new Input.Rang(Objects.requireNonNull(timers.get(ticket)));
                    default -> throw new AssertionError("not understood: " + line);
                });
    }

    private void feed(Input first) {
        Deque<Input> inputs = new ArrayDeque<>(List.of(first));
        while (!inputs.isEmpty()) {
            for (Effect effect : step.take(inputs.remove())) {
                note(effect, inputs);
            }
        }
    }

    /** Writes an effect down; what has to do with the store or building is answered at once. */
    private void note(Effect effect, Deque<Input> inputs) {
        switch (effect) {
            case Effect.Adopt(Ticket vertex, Resource resource) -> adopt(vertex, resource);
            case Effect.StartWatch(Ticket vertex) -> note("watch " + names.get(vertex));
            case Effect.StopWatch(Ticket vertex) -> note("unwatch " + names.get(vertex));
            case Effect.Release(Ticket vertex) -> note("release " + names.get(vertex));
            case Effect.Run(Ticket vertex, Attempt attempt) ->
                    note(
                            "run "
                                    + names.get(vertex)
                                    + (attempt.refreshes() ? " refresh" : "")
                                    + (attempt.checksOnly() ? " noop" : ""));
            case Effect.SetTimer(Timer timer, Duration pause) -> {
                if (timer instanceof Timer.VertexTimer set) {
                    timers.put(set.vertex(), set);
                    note("timer " + names.get(set.vertex()) + " " + pause.toMillis());
                }
            }
            case Effect.Tell(EngineEvent event) -> tell(event);
            case Effect.Build build -> inputs.add(build(build));
            case Effect.ReadExports() -> inputs.add(new Input.ExportsRead(List.of()));
            case Effect.CommitExports(World.Transaction _) ->
                    inputs.add(new Input.ExportsCommitted(1));
            case Effect.OpenCollection(long _), Effect.CloseCollection(long _) -> {}
            case Effect.Finish() -> note("finish");
        }
    }

    /** A vertex that takes another's name makes that one known as old. */
    private void adopt(Ticket vertex, Resource resource) {
        String name = resource.id().name();
        Ticket before = tickets.put(name, vertex);
        if (before != null) {
            tickets.put("old-" + name, before);
            names.put(before, "old-" + name);
        }
        names.put(vertex, name);
    }

    private void tell(EngineEvent event) {
        switch (event) {
            case EngineEvent.GraphSwitched switched ->
                    note(
                            "switched +%d ~%d -%d =%d"
                                    .formatted(
                                            switched.added(),
                                            switched.changed(),
                                            switched.removed(),
                                            switched.kept()));
            case EngineEvent.GraphRefused refused -> note("refused " + refused.problems());
            case EngineEvent.Failed failed ->
                    note("failed " + failed.resource().name() + " " + failed.reason());
            case EngineEvent.Retrying retrying ->
                    note("retrying " + retrying.resource().name() + " " + retrying.attempt());
            case EngineEvent.Applied applied -> note("applied " + applied.resource().name());
            case EngineEvent.WouldApply would -> note("would apply " + would.resource().name());
            case EngineEvent.Output _, EngineEvent.Notice _, EngineEvent.StatusChanged _ ->
                    note(event.toString());
        }
    }

    private void note(String effect) {
        transcript.add("> " + effect);
    }

    private String standing() {
        EngineStatus status = step.status();
        StringBuilder text = new StringBuilder(status.phase().name().toLowerCase(Locale.ROOT));
        text.append(" good=").append(status.counts().good());
        if (!status.failures().isEmpty()) {
            List<String> failed = new ArrayList<>();
            status.failures().forEach(failure -> failed.add(failure.resource().name()));
            text.append(" failed=").append(String.join(",", failed));
        }
        if (!status.blocked().isEmpty()) {
            List<String> blocked = new ArrayList<>();
            status.blocked().forEach(id -> blocked.add(id.name()));
            text.append(" blocked=").append(String.join(",", blocked));
        }
        return text.toString();
    }

    private static Input build(Effect.Build build) {
        return switch (ResourceGraph.of(build.definition(), List.of())) {
            case GraphBuilding.Built built ->
                    new Input.Built(build.definition(), build.revision(), built.graph(), List.of());
            case GraphBuilding.Refused refused ->
                    new Input.Unfit(
                            build.revision(),
                            refused.problems().stream().map(problem -> problem.message()).toList(),
                            List.of());
        };
    }

    static GraphDefinition graph(String text) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        List<Edge> edges = new ArrayList<>();
        for (String token : text.strip().split(" +", -1)) {
            int arrow = Math.max(token.indexOf("->"), token.indexOf("~>"));
            if (arrow < 0) {
                Resource resource = vertex(token);
                resources.put(resource.id().name(), resource);
                continue;
            }
            ResourceId from = id(token.substring(0, arrow));
            ResourceId to = id(token.substring(arrow + 2));
            resources.computeIfAbsent(from.name(), StepScript::vertex);
            resources.computeIfAbsent(to.name(), StepScript::vertex);
            edges.add(
                    token.charAt(arrow) == '~'
                            ? new Edge.Notify(from, to)
                            : new Edge.Order(from, to));
        }
        return new GraphDefinition(
                "g",
                List.copyOf(resources.values()),
                List.of(),
                edges,
                List.of(),
                Optional.empty());
    }

    private static ResourceId id(String name) {
        return new ResourceId("noop", name);
    }

    private static Resource vertex(String token) {
        int bracket = token.indexOf('[');
        if (bracket < 0) {
            return new NoopResource(id(token), Meta.NONE, "");
        }
        Map<String, String> options = new HashMap<>();
        for (String option : token.substring(bracket + 1, token.length() - 1).split(",", -1)) {
            String[] parts = option.split("=", 2);
            options.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        List<Meta.Semaphore> semaphores = new ArrayList<>();
        if (options.containsKey("sema")) {
            for (String semaphore : options.get("sema").split("/", -1)) {
                String[] parts = semaphore.split(":", -1);
                semaphores.add(new Meta.Semaphore(parts[0], Integer.parseInt(parts[1])));
            }
        }
        Meta meta =
                new Meta(
                        options.containsKey("noop"),
                        new Meta.Retries(
                                Integer.parseInt(options.getOrDefault("retry", "0")),
                                Duration.ofMillis(
                                        Long.parseLong(options.getOrDefault("delay", "0"))),
                                1),
                        Duration.ofMillis(Long.parseLong(options.getOrDefault("poll", "0"))),
                        Meta.RateLimit.NONE,
                        semaphores,
                        Duration.ZERO,
                        Meta.NONE.traits());
        String comment = options.getOrDefault("v", "");
        for (String word : List.of("watched", "ticks")) {
            comment = options.containsKey(word) ? word : comment;
        }
        return new NoopResource(id(token.substring(0, bracket)), meta, comment);
    }
}
