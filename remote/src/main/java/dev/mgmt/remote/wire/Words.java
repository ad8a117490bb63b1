package dev.mgmt.remote.wire;

import java.util.Locale;

/** Enum constants as they are written on the wire and shown: lower case. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** At most so many characters of a text, with a sign where some are missing. */
    static String clipped(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
