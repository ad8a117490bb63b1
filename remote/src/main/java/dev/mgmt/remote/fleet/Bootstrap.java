package dev.mgmt.remote.fleet;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.remote.host.HostCall;
import dev.mgmt.remote.host.HostException;
import dev.mgmt.remote.host.HostScript;
import dev.mgmt.remote.host.Rights;
import dev.mgmt.remote.host.ScriptRun;
import dev.mgmt.remote.image.AgentImage;
import dev.mgmt.remote.image.ImageUpload;
import dev.mgmt.remote.inventory.HostSpec;
import dev.mgmt.remote.launch.AgentEnd;
import dev.mgmt.remote.launch.AgentLink;
import dev.mgmt.remote.launch.AgentVoice;
import dev.mgmt.remote.probe.HostFacts;
import dev.mgmt.remote.probe.Probe;
import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.etcd.ServedConnection;
import dev.mgmt.tunnel.etcd.Violation;
import dev.mgmt.tunnel.etcd.Visitor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One host from the first connection to the agent's last word. Runs on a thread of its own and
 * blocks there; tells the run's owner what happens and decides nothing about the fleet.
 */
final class Bootstrap {
    private final RunContext context;
    private final HostSpec host;
    private final Target target;
    private final Retries retries;
    private volatile Stage stage = Stage.WAITING;
    private volatile Course course = Course.RUNNING;
    private volatile Optional<Tunnel> tunnel = Optional.empty();
    private volatile Instant runningSince = Instant.MAX.minus(Duration.ofDays(1));

    /** Of the present attempt: what became of the link, and the agent's own words. */
    private volatile Optional<String> lost = Optional.empty();

    private AgentVoice voice = new AgentVoice(this::hear);

    Bootstrap(RunContext context, HostSpec host, Target target) {
        this.context = context;
        this.host = host;
        this.target = target;
        this.retries =
                new Retries(
                        context.options().pace(), context.linger(), RandomGenerator.getDefault());
    }

    /** What the owner of the run wants of this host. */
    private enum Course {
        RUNNING,
        /** The agent's end is no failure any more. */
        ENDING
    }

    /** From the owner's thread: the end of the link is what we want from now on. */
    void expectEnd() {
        course = Course.ENDING;
    }

    Stage stage() {
        return stage;
    }

    /** From the owner's thread: cuts the link, whatever it is used for. */
    void cut() {
        tunnel.ifPresent(Tunnel::close);
    }

    /**
     * From the owner's thread: the agent's standing is gone. Where that is not because its link is,
     * which is known by then, it is stuck: another one is to take its place.
     */
    void doubt(Instant now) {
        boolean isOld = !runningSince.plus(pace().lease()).isAfter(now);
        if (stage == Stage.RUNNING && course == Course.RUNNING && isOld) {
            lost =
                    Optional.of(
                            "its agent was not heard of for " + pace().lease().toSeconds() + " s");
            cut();
        }
    }

    /** Never throws: how it ended is told to the owner. */
    void run() {
        Optional<HostFailure> failure;
        try {
            failure = persist();
        } catch (InterruptedException e) {
            // Only the owner interrupts, and only to end what has not come to run.
            failure = Optional.empty();
        } catch (RuntimeException e) {
            failure = Optional.of(Failures.bug(stage, e));
        }
        context.inbox().put(new FleetInput.HostEnded(host.name(), failure, context.clock().now()));
    }

    /** Again and again, for as long as it makes sense; then why it does not, if that is a fault. */
    private Optional<HostFailure> persist() throws InterruptedException {
        while (true) {
            Optional<Trouble> trouble = attempt();
            if (trouble.isEmpty() || course == Course.ENDING) {
                return Optional.empty();
            }
            switch (retries.after(trouble.get(), context.clock().now())) {
                case Retries.Verdict.GiveUp(HostFailure failure) -> {
                    return Optional.of(failure);
                }
                case Retries.Verdict.Again again -> {
                    if (retries.isRegaining()) {
                        enter(Stage.RECONNECTING);
                    }
                    context.tell(
                            new FleetEvent.Retrying(
                                    host.name(),
                                    again.failure(),
                                    again.pause(),
                                    again.givesUpIn()));
                    Thread.sleep(again.pause());
                }
            }
        }
    }

    /** What kept the host from being served to its good end. */
    private Optional<Trouble> attempt() throws InterruptedException {
        try {
            return bringUp();
        } catch (TunnelException e) {
            HostFailure failure = Failures.of(e, stage, target);
            return Optional.of(new Trouble(failure, nature(e.isTransient())));
        } catch (HostException e) {
            boolean passing =
                    switch (e) {
                        case HostException.Vanished _ -> true;
                        case HostException.CannotTakeAgent _,
                                HostException.NoSpace _,
                                HostException.PrivilegeRefused _ ->
                                false;
                    };
            return Optional.of(new Trouble(Failures.of(e, stage), nature(passing)));
        } catch (IOException e) {
            HostFailure failure = Failures.linkLost(stage, String.valueOf(e.getMessage()));
            return Optional.of(new Trouble(failure, Trouble.Nature.PASSING));
        }
    }

    private static Trouble.Nature nature(boolean passing) {
        return passing ? Trouble.Nature.PASSING : Trouble.Nature.LASTING;
    }

    /** The stages of one host, in order. */
    private Optional<Trouble> bringUp()
            throws TunnelException, HostException, IOException, InterruptedException {
        try (Places.Place place = context.places().amongForks();
                Tunnel connected = connect()) {
            tunnel = Optional.of(connected);
            connected.onLost(loss -> lost = Optional.ofNullable(loss.getMessage()));
            Probe.Answer.Starting starting = startAgent(connected);
            try (AgentLink agent = launch(starting)) {
                place.giveBack();
                Optional<AgentEnd> end = serve(agent);
                if (end.isPresent()) {
                    return Optional.of(trouble(end.get()));
                }
            }
            clean(connected, starting);
            return Optional.empty();
        }
    }

    private Trouble trouble(AgentEnd end) {
        return switch (end) {
            case AgentEnd.LinkLost(String why) ->
                    new Trouble(Failures.linkLost(stage, lost.orElse(why)), Trouble.Nature.PASSING);
            case AgentEnd.Died(String why) ->
                    new Trouble(Failures.agentDied(why), Trouble.Nature.AGENT_DIED);
            case AgentEnd.TakenOver(String why) ->
                    new Trouble(Failures.takenOver(why), Trouble.Nature.LASTING);
        };
    }

    private Tunnel connect() throws TunnelException, InterruptedException {
        enter(Stage.CONNECTING);
        lost = Optional.empty();
        voice = new AgentVoice(this::hear);
        try (Places.Place _ = context.places().at(target.address() + ":" + target.port())) {
            return context.equipment().tunnels().connect(target);
        }
    }

    /** One round trip where the image is there; otherwise it is brought there first. */
    private Probe.Answer.Starting startAgent(Tunnel connected)
            throws TunnelException, HostException, InterruptedException {
        enter(Stage.PROBING);
        List<String> digests = context.equipment().images().digests();
        return switch (probe(connected, digests)) {
            case Probe.Answer.Starting starting -> {
                context.tell(new FleetEvent.ImageReused(host.name(), starting.digest()));
                yield starting;
            }
            case Probe.Answer.Facts(HostFacts facts) -> {
                AgentImage image = context.equipment().images().fitting(facts);
                copy(connected, image, facts);
                yield startCopied(connected, image);
            }
        };
    }

    private Probe.Answer probe(Tunnel connected, List<String> digests)
            throws TunnelException, HostException, InterruptedException {
        return Probe.ask(
                connected,
                new Probe.Question(
                        rights(), RunContext.nonce(), digests, patience(pace().answer()), voice));
    }

    private void copy(Tunnel connected, AgentImage image, HostFacts facts)
            throws TunnelException, HostException, InterruptedException {
        enter(Stage.COPYING);
        new ImageUpload(connected, rights(), RunContext.nonce(), patience(pace().standstill()))
                .send(image, facts, new CopyProgress(host.name(), context::tell));
    }

    private Probe.Answer.Starting startCopied(Tunnel connected, AgentImage image)
            throws TunnelException, HostException, InterruptedException {
        return switch (probe(connected, List.of(image.digest()))) {
            case Probe.Answer.Starting starting -> starting;
            case Probe.Answer.Facts _ ->
                    throw new HostException.CannotTakeAgent(
                            "The image was copied, but its program cannot be started",
                            "the host finds no image that it can execute where it was put",
                            "Look at the mount options of its cache directory.");
        };
    }

    private AgentLink launch(Probe.Answer.Starting starting)
            throws HostException, InterruptedException {
        enter(Stage.STARTING);
        AgentParameters parameters =
                new AgentParameters(
                        host.name(),
                        context.run(),
                        starting.nonce(),
                        enforcement(),
                        context.linger(),
                        context.origin(),
                        retries.isRegaining()
                                ? AgentParameters.Arrival.AGAIN
                                : AgentParameters.Arrival.FIRST,
                        pace().handover(),
                        pace().lease(),
                        starting.paths().marker(starting.digest(), starting.process()),
                        starting.paths().state(host.name()));
        return AgentLink.open(starting.run(), parameters, voice);
    }

    private Enforcement enforcement() {
        return switch (context.options().plan()) {
            case APPLY -> Enforcement.APPLY;
            case NOOP -> Enforcement.CHECK_ONLY;
        };
    }

    /** Until the agent is gone; why, if nobody here asked for that. */
    private Optional<AgentEnd> serve(AgentLink agent) throws IOException, InterruptedException {
        runningSince = context.clock().now();
        retries.running(runningSince);
        enter(Stage.RUNNING);
        Visitor visitor =
                new Visitor(host.name(), () -> context.rights().of(host.name()), this::tellRefused);
        try (ServedConnection _ = context.door().await().serve(agent.connection(), visitor)) {
            agent.awaitEnd();
        }
        return course == Course.RUNNING ? Optional.of(agent.ending()) : Optional.empty();
    }

    private void tellRefused(Violation violation) {
        context.tell(
                new FleetEvent.GateRefused(
                        host.name(),
                        violation.kind().name().toLowerCase(Locale.ROOT),
                        violation.deed(),
                        violation.times()));
    }

    private void clean(Tunnel connected, Probe.Answer.Starting starting)
            throws TunnelException, HostException, InterruptedException {
        switch (context.options().afterwards()) {
            case KEEP_IMAGE -> {}
            case REMOVE_IMAGE -> {
                List<String> words = List.of(starting.digest(), starting.paths().cache());
                HostCall call =
                        new HostCall(HostScript.REMOVE, rights(), RunContext.nonce(), words);
                try (ScriptRun run =
                        ScriptRun.start(connected, call, patience(pace().cleaning()), voice)) {
                    if (run.answer().isEmpty()) {
                        throw run.silence(
                                "The image could not be removed",
                                "Remove " + starting.paths().cache() + " by hand.");
                    }
                }
            }
        }
    }

    private Rights rights() {
        return switch (host.become().orElse(context.options().become())) {
            case NONE -> Rights.LOGIN;
            case SUDO ->
                    new Rights.Sudo(
                            host.becomeUser().orElse(context.options().becomeUser()),
                            context.equipment().becomePassword());
        };
    }

    private ScriptRun.Patience patience(Duration time) {
        return new ScriptRun.Patience(context.deadlines(), time);
    }

    /**
     * The way back to a lost host is one stage for who watches, but for a copy, which takes time.
     */
    private void enter(Stage next) {
        stage = next;
        boolean isDetail =
                switch (next) {
                    case CONNECTING, PROBING, STARTING -> true;
                    case WAITING, COPYING, RUNNING, RECONNECTING, ENDING, ENDED -> false;
                };
        if (!isDetail || !retries.isRegaining()) {
            context.tell(new FleetEvent.Entered(host.name(), next));
        }
    }

    private Pace pace() {
        return context.options().pace();
    }

    /** Standings come through the store alone, where the gate knows who writes them. */
    private void hear(EngineEvent event) {
        if (!(event instanceof EngineEvent.StatusChanged)) {
            context.tell(new FleetEvent.Engine(host.name(), event));
        }
    }
}
