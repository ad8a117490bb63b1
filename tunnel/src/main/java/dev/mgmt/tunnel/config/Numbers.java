package dev.mgmt.tunnel.config;

import java.util.Optional;

/** Numbers as the client prints them. */
final class Numbers {
    private Numbers() {}

    /** Empty if there is none, or one out of these bounds. */
    static Optional<Integer> in(Optional<String> text, int least, int most) {
        try {
            return text.map(Integer::valueOf).filter(number -> number >= least && number <= most);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
