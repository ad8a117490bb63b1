package dev.mgmt.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Several command lines in one process, with {@code ,} between them: what the start-up cache is
 * made from, which remembers one process. Not shown in any help.
 */
final class SeveralCommands {
    private static final String SEPARATOR = ",";

    private SeveralCommands() {}

    /** Until one does not succeed; returns how the last one that ran ended. */
    static ExitCode run(List<String> words) {
        List<String> command = new ArrayList<>();
        for (String word : words) {
            if (!word.equals(SEPARATOR)) {
                command.add(word);
                continue;
            }
            ExitCode code = one(command);
            if (code != ExitCode.OK) {
                return code;
            }
            command.clear();
        }
        return one(command);
    }

    private static ExitCode one(List<String> command) {
        return new Main(Surroundings.ofThisProcess()).run(command.toArray(String[]::new));
    }
}
