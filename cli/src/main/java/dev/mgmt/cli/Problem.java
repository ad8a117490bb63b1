package dev.mgmt.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that stops the program, as a person reads it.
 *
 * @param what what failed, for which host, file or option
 * @param why its cause in a sentence; may be empty
 * @param advice what to do next; may be empty
 */
public record Problem(String what, String why, String advice) {
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(what);
        if (!why.isEmpty()) {
            lines.add("  why: " + why);
        }
        if (!advice.isEmpty()) {
            lines.add("  try: " + advice);
        }
        return List.copyOf(lines);
    }
}
