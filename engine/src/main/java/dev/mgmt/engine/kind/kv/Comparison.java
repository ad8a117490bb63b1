package dev.mgmt.engine.kind.kv;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which of two values is the greater one. */
final class Comparison {
    /** Longer ones are no numbers that anybody counts with, and slow to read. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,100}");

    private Comparison() {}

    /** Whether the value that stands is left as it is; no number is greater than none. */
    static boolean keeps(KvResource.Keeps keeps, String standing, String wanted) {
        return switch (keeps) {
            case NONE -> false;
            case GREATER_TEXTS -> standing.compareTo(wanted) > 0;
            case GREATER_NUMBERS -> {
                Optional<BigInteger> one = number(standing);
                Optional<BigInteger> other = number(wanted);
                yield one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) > 0;
            }
        };
    }

    static Optional<BigInteger> number(String text) {
        String bare = text.strip();
        return NUMBER.matcher(bare).matches()
                ? Optional.of(new BigInteger(bare))
                : Optional.empty();
    }
}
