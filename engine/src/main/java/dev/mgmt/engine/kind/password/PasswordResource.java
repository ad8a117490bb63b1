package dev.mgmt.engine.kind.password;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;

/**
 * A secret for others to receive.
 *
 * @param length in characters, at least 1
 * @param charset the characters it is made of, each once and at least two of them
 * @param keeping for how long it stays the same
 * @param damage what to do if the saved one is not what was saved
 */
public record PasswordResource(
        ResourceId id, Meta meta, int length, String charset, Keeping keeping, Damage damage)
        implements Resource {
    public PasswordResource {
        if (length < 1 || charset.codePointCount(0, charset.length()) < 2) {
            throw new IllegalArgumentException(id + ": too short, or always the same");
        }
    }

    /** For how long a password stays the same. */
    public enum Keeping {
        /** As long as the agent's process lives; it is in no file of ours. */
        IN_MEMORY,
        /** Until it is refreshed; it is in the agent's private state. */
        SAVED
    }

    /** What to do about a saved password that is damaged. */
    public enum Damage {
        IS_ERROR,
        IS_MENDED
    }
}
