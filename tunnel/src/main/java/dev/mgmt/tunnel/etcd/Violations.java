package dev.mgmt.tunnel.etcd;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one connection's visitor was refused, told in as few words as do: see {@link Violation}. */
final class Violations {
    private static final int STEP = 10;

    private final Visitor visitor;

    /** Guards itself; nobody is told anything while it is held. */
    private final Map<Violation.Kind, Tally> tallies = new EnumMap<>(Violation.Kind.class);

    private static final class Tally {
        private String deed = "";
        private long times;
        private long told;
        private long nextTold = 1;

        private Optional<Violation> note(Violation.Kind kind, String text) {
            deed = text;
            times++;
            if (times < nextTold) {
                return Optional.empty();
            }
            nextTold *= STEP;
            return Optional.of(tell(kind));
        }

        private Violation tell(Violation.Kind kind) {
            told = times;
            return new Violation(kind, deed, times);
        }
    }

    Violations(Visitor visitor) {
        this.visitor = visitor;
    }

    /**
     * @param deed what the visitor did, to follow its name
     */
    void note(Violation.Kind kind, String deed) {
        Optional<Violation> news;
        synchronized (tallies) {
            news =
                    tallies.computeIfAbsent(kind, _ -> new Tally())
                            .note(kind, visitor.name() + " " + deed);
        }
        news.ifPresent(visitor.onViolation());
    }

    /** Tells how many there were in all, where that was not told before. */
    void tellTheRest() {
        List<Violation> rest = new ArrayList<>();
        synchronized (tallies) {
            tallies.forEach(
                    (kind, tally) -> {
                        if (tally.told < tally.times) {
                            rest.add(tally.tell(kind));
                        }
                    });
        }
        rest.forEach(visitor.onViolation());
    }
}
