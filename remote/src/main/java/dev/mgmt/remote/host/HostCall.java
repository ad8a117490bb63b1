package dev.mgmt.remote.host;

import dev.mgmt.tunnel.exec.RemoteCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * One of our scripts, to be run on a host.
 *
 * @param nonce marks the lines that are ours; the script's first word
 * @param words the script's other words
 */
public record HostCall(HostScript script, Rights rights, String nonce, List<String> words) {
    public HostCall {
        words = List.copyOf(words);
    }

    /**
     * Under sudo: standard input belongs to sudo until the script has said that it is there, and
     * sudo's question, which is a line of its own, is answered only if it comes. Its messages are
     * wanted in the language that we know; and the login's directory may be closed to the user.
     */
    RemoteCommand command() {
        List<String> all = new ArrayList<>();
        String text = script.text();
        if (rights instanceof Rights.Sudo(String user, var _)) {
            all.addAll(List.of("env", "LC_ALL=C", "sudo", "-S", "-H", "-u", user));
            all.addAll(List.of("-p", question() + "\n", "--"));
            text =
                    "cd \"${HOME:-/}\" 2>/dev/null || cd /\n"
                            + "printf 'mgmt %s in\\n' \"$1\"\n"
                            + text;
        }
        all.addAll(List.of("sh", "-c", text, "sh", nonce));
        all.addAll(words);
        return new RemoteCommand(all);
    }

    /** What sudo asks, on standard error. */
    String question() {
        return "mgmt " + nonce + " password";
    }
}
