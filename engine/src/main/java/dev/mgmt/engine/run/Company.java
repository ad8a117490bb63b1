package dev.mgmt.engine.run;

import dev.mgmt.engine.run.Vertex.Stage;
import dev.mgmt.engine.run.Vertex.Standing;
import dev.mgmt.engine.run.Vertex.Watching;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Vertices that may be applied in one action, and how far they have gathered for it. */
final class Company {
    final List<Vertex> members;

    /** Those who may run, and wait for the others. */
    final Set<Vertex> lobby = new LinkedHashSet<>();

    private Mood mood = Mood.GATHERING;

    /**
     * A member that was found to be awaited: mostly it still is, and no other need be looked at.
     */
    private int witness;

    private enum Mood {
        /** Since the graph came, it has not run: who is about to be ready is waited for. */
        GATHERING,
        /** Nobody is waited for. */
        PASSING
    }

    Company(List<Vertex> members) {
        this.members = members;
    }

    /** Whether there is someone to run, and nobody to wait for any more. */
    boolean sets() {
        if (lobby.isEmpty() || (mood == Mood.GATHERING && awaitsAnybody())) {
            return false;
        }
        mood = Mood.PASSING;
        return true;
    }

    boolean gathers() {
        return mood == Mood.GATHERING;
    }

    private boolean awaitsAnybody() {
        for (int looked = 0; looked < members.size(); looked++) {
            if (awaits(members.get(witness))) {
                return true;
            }
            witness = (witness + 1) % members.size();
        }
        return false;
    }

    /** Whether it will be ready, or blocked, without anything else happening than runs' ends. */
    private static boolean awaits(Vertex member) {
        return member.standing == Standing.DUE
                && member.stage == Stage.RESTING
                && !member.blocked()
                && !member.hesitant
                && Allowance.lets(member)
                && member.watching != Watching.PAUSED
                && member.watching != Watching.SPENT;
    }
}
