package dev.mgmt.engine.driver;

import java.util.List;

/** What came of one check-apply. */
public sealed interface Outcome {
    Outcome GOOD = new Good();

    /** Whether something was mended, be it all that should be or not. */
    static boolean mended(Outcome outcome) {
        return switch (outcome) {
            case Good(), Deviates(List<Mending> _) -> false;
            case Changed(List<Mending> _) -> true;
            case Failed(String _, List<Mending> made) -> !made.isEmpty();
        };
    }

    /** It was as wanted. */
    record Good() implements Outcome {}

    /** It was not as wanted and is now. */
    record Changed(List<Mending> mendings) implements Outcome {
        public Changed {
            mendings = List.copyOf(mendings);
        }
    }

    /** It is not as wanted, and nothing was done because only a check was asked for. */
    record Deviates(List<Mending> mendings) implements Outcome {
        public Deviates {
            mendings = List.copyOf(mendings);
        }
    }

    /**
     * It could not be made as wanted.
     *
     * @param mendings what was mended before that
     */
    record Failed(String reason, List<Mending> mendings) implements Outcome {
        public Failed {
            mendings = List.copyOf(mendings);
        }

        public static Failed because(String reason) {
            return new Failed(reason, List.of());
        }
    }

    /**
     * @param property what was or would be mended, such as {@code content} or {@code mode}
     * @param detail for people: a unified diff, or from what to what; may be empty
     */
    record Mending(String property, String detail) {}

    static Outcome changed(String property, String detail) {
        return new Changed(List.of(new Mending(property, detail)));
    }

    /** Good if there is nothing to mend, else what the attempt made of it. */
    static Outcome of(Attempt attempt, List<Mending> mendings) {
        if (mendings.isEmpty()) {
            return GOOD;
        }
        return attempt.checksOnly() ? new Deviates(mendings) : new Changed(mendings);
    }
}
