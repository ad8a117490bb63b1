package dev.mgmt.engine.yaml;

/**
 * One thing wrong with a graph file.
 *
 * @param file as the user named it
 * @param line from 1; 0 when the problem is the file itself
 * @param column from 1; 0 when the problem is the file itself
 * @param message what is wrong, in a sentence
 * @param advice what to do about it; may be empty
 */
public record InputProblem(String file, int line, int column, String message, String advice) {
    /** {@code file:line:column: message}, as editors and people find it. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + message + (advice.isEmpty() ? "" : " (" + advice + ")");
    }
}
