package dev.mgmt.tunnel.identity;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be offered to a host besides its list of credentials, and what not.
 *
 * @param methods the others are never used, whatever a host accepts
 * @param certificates of the user's keys, by name; those beside key files are found without
 * @param agent socket of the agent to ask; empty: none
 * @param questions whether the person at the console may be asked anything
 */
public record LoginRules(
        Set<Method> methods,
        AgentKeys agentKeys,
        List<Path> certificates,
        Optional<Path> agent,
        Questions questions) {
    public static final LoginRules ANY =
            new LoginRules(
                    EnumSet.allOf(Method.class),
                    AgentKeys.ALL,
                    List.of(),
                    Optional.empty(),
                    Questions.ALLOWED);

    public LoginRules {
        methods = Set.copyOf(methods);
        certificates = List.copyOf(certificates);
    }

    /** Ways to prove who one is. */
    public enum Method {
        PUBLIC_KEY,
        PASSWORD,
        KEYBOARD_INTERACTIVE
    }

    public enum Questions {
        ALLOWED,
        /** Whatever needs one is refused. */
        NONE
    }

    /** Which of an agent's keys are offered. */
    public enum AgentKeys {
        ALL,
        /** Those whose files are named. */
        NAMED
    }
}
