package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PackageManager.Speech;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a call that did not do all it should has to say about why. */
final class Blame {
    private static final int LINES = 3;

    private final Speech speech;
    private final Answer answer;

    Blame(Speech speech, Answer answer) {
        this.speech = speech;
        this.answer = answer;
    }

    boolean busy() {
        return !answer.well() && says(speech.busy());
    }

    boolean outdated() {
        return !answer.well() && says(speech.outdated());
    }

    /** Whether the lists are still as old as before, if it was to fetch new ones. */
    boolean stale() {
        return !answer.well() || says(speech.stale());
    }

    /** The lines that blame this step's package. */
    List<String> of(Step step) {
        List<String> lines = new ArrayList<>();
        for (String line : answer.lines()) {
            boolean blamed =
                    speech.blames().stream().anyMatch(blame -> blames(line, step.name(), blame));
            if (blamed && lines.size() < LINES) {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    /** Why it failed, whoever is to blame. */
    String why(String tool) {
        List<String> causes =
                answer.lines().stream()
                        .filter(line -> speech.causes().matcher(line).matches())
                        .map(String::strip)
                        .distinct()
                        .limit(LINES)
                        .toList();
        return causes.isEmpty() ? answer.lastWords(tool) : String.join(" | ", causes);
    }

    private boolean says(Pattern pattern) {
        return answer.lines().stream().anyMatch(line -> pattern.matcher(line).matches());
    }

    private static boolean blames(String line, String name, String blame) {
        return line.matches(blame.replace("NAME", Pattern.quote(name)));
    }
}
