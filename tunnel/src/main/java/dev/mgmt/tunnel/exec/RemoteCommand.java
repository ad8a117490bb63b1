package dev.mgmt.tunnel.exec;

import java.util.List;
import java.util.stream.Collectors;

/** A command by its words; none of them is ever seen by a shell as anything but itself. */
public record RemoteCommand(List<String> words) {
    public RemoteCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least one word");
        }
    }

    public static RemoteCommand of(String... words) {
        return new RemoteCommand(List.of(words));
    }

    /**
     * As one line for the login shell that sshd hands it to: every word in single quotes (POSIX
     * 2.2.2).
     */
    public String line() {
        return words.stream().map(RemoteCommand::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
