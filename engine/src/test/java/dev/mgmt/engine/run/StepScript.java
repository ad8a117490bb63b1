package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.ResourceDriver.Freshness;
import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.run.Timer.Purpose;
import dev.mgmt.engine.run.Timer.VertexTimer;
import dev.mgmt.engine.world.World;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Plays a script against {@link Step} and compares what comes out with what the script says.
 *
 * <pre>
 * graph a[retry=1,delay=9] a->b b~>c d     see {@link ScriptGraph}
 * a good | changed | deviates | fails why  the end of a run
 * a breaks why                             the same, of one that mended something before it failed
 * a event | watching | lost why            from its watch
 * a rings                                  its last timer goes off, for a retry or a poll
 * a token | overtime                       a token comes back; its run has taken too long
 * given 1                                  a place of the fleet
 * > run b refresh                          what is asked for
 * > take 1 of s:2                          a place of the fleet
 * > run p-a + p-b                          in one action: names alike up to a dash
 * = idle good=1 failed=a blocked=b         the standing
 * </pre>
 */
final class StepScript {
    private final Step step;
    private final Map<String, Ticket> tickets = new HashMap<>();
    private final Map<Ticket, String> names = new HashMap<>();
    private final Map<Ticket, Timer> timers = new HashMap<>();
    private final Map<Ticket, Timer> timeouts = new HashMap<>();
    private final List<String> transcript = new ArrayList<>();
    private long revision;

    StepScript(EngineOptions options) {
        step = new Step(options, StepScript::freshness, new Random(1));
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
            feed(new Input.Submitted(ScriptGraph.of(line.substring(6)), revision));
            return;
        }
        if (words[0].equals("given")) {
            feed(new Input.PlaceGiven(Long.parseLong(words[1])));
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
                    case "breaks" ->
                            new Input.Ran(
                                    ticket,
                                    new Outcome.Failed(
                                            rest, List.of(new Outcome.Mending("x", ""))));
                    case "event" -> new Input.Disturbed(ticket);
                    case "watching" -> new Input.WatchStarted(ticket);
                    case "lost" -> new Input.WatchEnded(ticket, rest);
                    case "rings" -> new Input.Rang(Objects.requireNonNull(timers.get(ticket)));
                    case "token" -> new Input.Rang(new VertexTimer(ticket, Purpose.TOKEN, 0));
                    case "overtime" -> new Input.Rang(Objects.requireNonNull(timeouts.get(ticket)));
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
            case Effect.Run run -> note("run " + shown(run));
            case Effect.RunTogether(List<Effect.Run> runs) ->
                    note("run " + String.join(" + ", runs.stream().map(this::shown).toList()));
            case Effect.Interrupt(Ticket vertex) -> note("interrupt " + names.get(vertex));
            case Effect.SetTimer(Timer timer, Duration pause) -> {
                if (timer instanceof VertexTimer set) {
                    note(set, pause);
                }
            }
            case Effect.NoteOwed _, Effect.NotePaid _ -> {}
            case Effect.TakePlace(Effect.Place place) ->
                    note(
                            "take %d of %s:%d"
                                    .formatted(place.number(), place.semaphore(), place.size()));
            case Effect.LeavePlace(long number) -> note("leave " + number);
            case Effect.Tell(EngineEvent event) -> tell(event);
            case Effect.Build build -> inputs.add(build(build));
            case Effect.ReadExports() -> inputs.add(new Input.ExportsRead(List.of()));
            case Effect.CommitExports(World.Transaction _) ->
                    inputs.add(new Input.ExportsCommitted(1));
            case Effect.OpenCollection _, Effect.CloseCollection _ -> {}
            case Effect.Finish() -> note("finish");
        }
    }

    private void note(VertexTimer timer, Duration pause) {
        String rest = " " + names.get(timer.vertex()) + " " + pause.toMillis();
        switch (timer.purpose()) {
            case RETRY, REWATCH, POLL -> {
                timers.put(timer.vertex(), timer);
                note("timer" + rest);
            }
            case TOKEN -> note("token" + rest);
            case TIMEOUT -> {
                timeouts.put(timer.vertex(), timer);
                note("timeout" + rest);
            }
        }
    }

    private String shown(Effect.Run run) {
        return names.get(run.vertex())
                + (run.attempt().refreshes() ? " refresh" : "")
                + (run.attempt().checksOnly() ? " noop" : "");
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
        return switch (ResourceGraph.of(build.definition(), List.of(), new DashedGroups())) {
            case GraphBuilding.Built built ->
                    new Input.Built(build.definition(), build.revision(), built.graph(), List.of());
            case GraphBuilding.Refused refused ->
                    new Input.Unfit(
                            build.revision(),
                            refused.problems().stream().map(problem -> problem.message()).toList(),
                            List.of());
        };
    }
}
