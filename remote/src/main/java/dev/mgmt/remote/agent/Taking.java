package dev.mgmt.remote.agent;

import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.remote.wire.AgentParameters.Arrival;
import dev.mgmt.remote.wire.ClaimNote;
import dev.mgmt.remote.wire.LastWord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an agent comes to have its host: at once where nobody has it; else whoever has it is asked to
 * finish what it runs and end, is waited for, and at last ended. {@link #take} blocks a thread of
 * its own; the rest is for the agent's.
 */
final class Taking implements AutoCloseable {
    /** How long an agent that was ended may take to be gone. */
    private static final Duration DEATH = Duration.ofSeconds(10);

    /** Who has just taken the lock may not have signed it yet. */
    private static final Duration SIGNATURE = Duration.ofSeconds(1);

    private final AgentParameters parameters;
    private final ClaimNote own;
    private final EventLog events;
    private volatile @Nullable HostClaim claim;
    private volatile Optional<LastWord> refusal = Optional.empty();
    private volatile State state = State.LOOKING;
    private volatile Instant since = Instant.now();

    private enum State {
        LOOKING,
        /** The holder's process is not known. */
        WAITING,
        /** The holder was asked. */
        ASKED,
        /** The holder was ended. */
        FORCED
    }

    Taking(AgentParameters parameters, ClaimNote own, EventLog events) {
        this.parameters = parameters;
        this.own = own;
        this.events = events;
    }

    /** Returns when the host is ours. */
    void take() throws IOException {
        HostClaim wanted = HostClaim.at(Path.of(parameters.state()), own);
        claim = wanted;
        if (wanted.tryTake()) {
            return;
        }
        Optional<ClaimNote> holder = wanted.holder();
        boolean isForeign = holder.filter(other -> !other.run().equals(own.run())).isPresent();
        if (isForeign && parameters.arrival() == Arrival.AGAIN) {
            refusal = holder.map(Taking::takenOver);
            throw new IOException("another run has this host");
        }
        events.notice(waiting(holder));
        since = Instant.now();
        state = wanted.ask() ? State.ASKED : State.WAITING;
        wanted.take();
    }

    private String waiting(Optional<ClaimNote> holder) {
        return "another agent has this host ("
                + holder.map(Taking::name).orElse("not known which")
                + "); it finishes what it runs first, for "
                + parameters.handover().toSeconds()
                + " s at most";
    }

    static LastWord takenOver(ClaimNote by) {
        return new LastWord(LastWord.Reason.TAKEN_OVER, "it is run by " + name(by));
    }

    private static String name(ClaimNote agent) {
        return agent.origin() + ", run " + agent.run() + ", process " + agent.number();
    }

    /** Why it must not be ours, if that is so. */
    Optional<LastWord> refusal() {
        return refusal;
    }

    /** How long to wait before {@link #isHopeless} should be asked. */
    Duration patience() {
        Duration gone = Duration.between(since, Instant.now());
        Duration left =
                switch (state) {
                    case LOOKING, WAITING -> SIGNATURE;
                    case ASKED -> parameters.handover().plus(DEATH).minus(gone);
                    case FORCED -> DEATH.minus(gone);
                };
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Does what can be done after so much patience; true if that is nothing. */
    boolean isHopeless() {
        HostClaim wanted = claim;
        if (wanted == null) {
            return false;
        }
        try {
            return switch (state) {
                case LOOKING -> false;
                case WAITING -> {
                    if (wanted.ask()) {
                        since = Instant.now();
                        state = State.ASKED;
                    }
                    yield isOverdue();
                }
                case ASKED -> {
                    // It may have been asked only now, while somebody waited for something else.
                    if (isOverdue()) {
                        events.notice("the other agent does not end: it is killed");
                        wanted.force();
                        since = Instant.now();
                        state = State.FORCED;
                    }
                    yield false;
                }
                case FORCED -> isOverdue();
            };
        } catch (IOException e) {
            events.notice("the other agent cannot be asked: " + e.getMessage());
            return true;
        }
    }

    private boolean isOverdue() {
        Duration limit = state == State.FORCED ? DEATH : parameters.handover().plus(DEATH);
        return Duration.between(since, Instant.now()).compareTo(limit) >= 0;
    }

    @Override
    public void close() throws IOException {
        HostClaim held = claim;
        if (held != null) {
            held.close();
        }
    }
}
