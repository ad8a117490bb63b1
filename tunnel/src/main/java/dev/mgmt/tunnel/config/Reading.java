package dev.mgmt.tunnel.config;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the reading of every answer of one run has in common.
 *
 * @param defaults the client's answer without any configuration: what a distribution compiled in
 *     counts for nobody's wish
 * @param overridden options that the command line decides, in lower case
 * @param home of this user, as the system knows it
 */
record Reading(
        ClientAnswer defaults,
        Offer offer,
        Set<String> overridden,
        String home,
        Function<String, @Nullable String> environment) {
    Reading {
        overridden = Set.copyOf(overridden);
    }

    boolean isOverridden(String option) {
        return overridden.contains(option.toLowerCase(Locale.ROOT));
    }
}
