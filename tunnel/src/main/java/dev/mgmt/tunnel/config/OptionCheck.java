package dev.mgmt.tunnel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for options that somebody set and that cannot be honoured. */
final class OptionCheck {
    /** Ways to say that an option is not used. */
    private static final Set<String> OFF = Set.of("", "none", "no", "false");

    private final Reading reading;
    private final String host;
    private final ClientAnswer answer;

    OptionCheck(Reading reading, String host, ClientAnswer answer) {
        this.reading = reading;
        this.host = host;
        this.answer = answer;
    }

    List<ConfigProblem> problems() {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String option : answer.options()) {
            if (!matters(option) || isAsByDefault(option) || reading.isOverridden(option)) {
                continue;
            }
            problems.add(
                    ConfigProblem.unsupported(
                            host,
                            OptionUse.spelled(option),
                            String.join(", ", answer.all(option)),
                            OptionUse.of(option).isPresent()
                                    ? "take it out for this host"
                                    : "it is newer than this version of mgmt: take it out for this"
                                            + " host"));
        }
        return problems;
    }

    private static boolean matters(String option) {
        Optional<OptionUse> use = OptionUse.of(option);
        return use.isEmpty() || use.get() == OptionUse.REFUSED;
    }

    private boolean isAsByDefault(String option) {
        List<String> usual = reading.defaults().all(option);
        List<String> said = answer.all(option);
        return said.equals(usual) || (usual.isEmpty() && OFF.containsAll(said));
    }
}
