package dev.mgmt.remote.probe;

import java.util.Optional;

/** Numbers that a host wrote. */
final class Numbers {
    private static final int MOST_DIGITS = 18;

    private Numbers() {}

    /** A run of digits as a number that is not negative; anything else is none. */
    static Optional<Long> read(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(Long.parseLong(text));
    }
}
