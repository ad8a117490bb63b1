package dev.mgmt.remote.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Whether and when one host is tried again, from all that went wrong with it so far. On the way to
 * its first agent every stage has a few attempts. Once an agent has run, the host is not given up
 * before the time is over for which agents hold their graph without us; an agent that keeps dying
 * is. Knows no clock and starts nothing. Used by the host's thread only.
 */
final class Retries {
    private final Pace pace;
    private final Duration regaining;
    private final RandomGenerator random;
    private final Map<Stage, Integer> failures = new EnumMap<>(Stage.class);
    private int inRow;
    private int deaths;
    private Optional<Instant> runningSince = Optional.empty();
    private Optional<Instant> lostSince = Optional.empty();

    /**
     * @param linger how long agents go on without us
     */
    Retries(Pace pace, Duration linger, RandomGenerator random) {
        this.pace = pace;
        this.regaining = linger.compareTo(pace.regaining()) > 0 ? linger : pace.regaining();
        this.random = random;
    }

    sealed interface Verdict {
        /**
         * @param givesUpIn how long attempts go on; empty: they are counted
         */
        record Again(HostFailure failure, Duration pause, Optional<Duration> givesUpIn)
                implements Verdict {}

        record GiveUp(HostFailure failure) implements Verdict {}
    }

    /** An agent runs from now on. */
    void running(Instant now) {
        runningSince = Optional.of(now);
        lostSince = Optional.empty();
    }

    /** Whether an agent has run and its link is gone. */
    boolean isRegaining() {
        return lostSince.isPresent();
    }

    Verdict after(Trouble trouble, Instant now) {
        HostFailure failure = trouble.failure();
        if (runningSince.isPresent()) {
            lose(runningSince.get(), now);
        }
        return switch (trouble.nature()) {
            case LASTING ->
                    isRegaining() && failure.cause() == HostFailure.Cause.CANNOT_TAKE_AGENT
                            ? died(failure, now)
                            : new Verdict.GiveUp(failure);
            case AGENT_DIED -> died(failure, now);
            case PASSING -> isRegaining() ? unreached(failure, now) : attempted(failure);
        };
    }

    private void lose(Instant since, Instant now) {
        if (Duration.between(since, now).compareTo(pace.healthy()) >= 0) {
            inRow = 0;
            deaths = 0;
        }
        runningSince = Optional.empty();
        lostSince = Optional.of(now);
    }

    private Verdict attempted(HostFailure failure) {
        int count = failures.merge(failure.stage(), 1, Integer::sum);
        return count >= pace.attempts()
                ? new Verdict.GiveUp(failure)
                : new Verdict.Again(failure, pause(count), Optional.empty());
    }

    private Verdict unreached(HostFailure failure, Instant now) {
        Duration left = left(now);
        inRow++;
        Duration pause = pause(inRow);
        return left.isZero()
                ? new Verdict.GiveUp(Failures.notRegained(failure, regaining))
                : new Verdict.Again(
                        failure, pause.compareTo(left) < 0 ? pause : left, Optional.of(left));
    }

    private Verdict died(HostFailure failure, Instant now) {
        deaths++;
        inRow++;
        return deaths >= pace.lives()
                ? new Verdict.GiveUp(Failures.keepsDying(failure, deaths))
                : new Verdict.Again(failure, pause(inRow), Optional.of(left(now)));
    }

    private Duration left(Instant now) {
        Duration gone = Duration.between(lostSince.orElse(now), now);
        return gone.compareTo(regaining) < 0 ? regaining.minus(gone) : Duration.ZERO;
    }

    private Duration pause(int count) {
        return pace.pauses().after(count, random.nextDouble());
    }
}
