package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PackageManager.Speech;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a call that did not do all it should has to say about why. */
final class Blame {
    private static final int LAST_WORDS = 3;
    private static final int LINES_OF_ONE = 3;

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

    /** The lines that blame this step's package. */
    List<String> of(Step step) {
        List<String> lines = new ArrayList<>();
        for (String line : answer.lines()) {
            if (lines.size() < LINES_OF_ONE && blames(line, step)) {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    /** How it ended, in its own words. */
    String lastWords(String tool) {
        List<String> said = new ArrayList<>();
        for (List<String> stream : List.of(answer.err(), answer.out())) {
            for (String line : stream) {
                if (!line.isBlank() && !line.startsWith("W:")) {
                    said.add(line.strip());
                }
            }
            if (!said.isEmpty()) {
                break;
            }
        }
        String ending = tool + " ended with exit code " + answer.code();
        return said.isEmpty()
                ? ending
                : ending
                        + ": "
                        + String.join(
                                " | ",
                                said.subList(Math.max(0, said.size() - LAST_WORDS), said.size()));
    }

    private boolean says(Pattern pattern) {
        return answer.lines().stream().anyMatch(line -> pattern.matcher(line).matches());
    }

    private boolean blames(String line, Step step) {
        for (Pattern pattern : speech.blames()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches() && names(matcher.group(1), step.name())) {
                return true;
            }
        }
        return false;
    }

    /** A package may be named alone, with its architecture, or with a version after it. */
    private static boolean names(String text, String name) {
        if (!text.startsWith(name)) {
            return false;
        }
        String rest = text.substring(name.length());
        return rest.isEmpty() || rest.matches("[:=].*|-[0-9].*");
    }
}
