package dev.mgmt.engine.template;

import java.util.List;

/** Why a template cannot be rendered. */
public sealed interface TemplateFault {
    /**
     * Nobody gives this variable.
     *
     * @param known names that might have been meant
     * @param line of the template, from 1; 0: not known
     */
    record Unknown(String name, List<String> known, int line) implements TemplateFault {
        public Unknown {
            known = List.copyOf(known);
        }
    }

    /**
     * @param sentence what is wrong with it
     * @param line of the template, from 1; 0: not known
     */
    record Malformed(String sentence, int line) implements TemplateFault {}

    /** It reads what a host may say in the store, and does not say yet. */
    record Awaited(String key, String host) implements TemplateFault {}
}
