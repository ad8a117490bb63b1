package dev.mgmt.tunnel.config;

import java.nio.file.Path;
import java.util.List;

/** Which configuration the client is to read. */
public sealed interface ConfigFile {
    /** The user's and the machine's. */
    record Usual() implements ConfigFile {}

    /** None at all: the client's own defaults. */
    record None() implements ConfigFile {}

    /** This one, and not the machine's. */
    record Named(Path file) implements ConfigFile {}

    /** {@code none} as the client takes it, or a file. */
    static ConfigFile of(String word) {
        return word.equals("none") ? new None() : new Named(Path.of(word));
    }

    /** As the client takes it on its command line. */
    default List<String> words() {
        return switch (this) {
            case Usual() -> List.of();
            case None() -> List.of("-F", "none");
            case Named(Path file) -> List.of("-F", file.toString());
        };
    }
}
