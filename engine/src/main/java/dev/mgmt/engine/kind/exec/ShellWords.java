package dev.mgmt.engine.kind.exec;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words the way a POSIX shell does (XCU 2.2, Quoting), and does nothing else a
 * shell does: no expansion, no redirection, no comment.
 */
public final class ShellWords {
    private static final String ESCAPABLE_IN_DOUBLE_QUOTES = "$`\"\\";

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int next;

    private ShellWords(String line) {
        this.line = line;
    }

    /** What came of splitting. */
    public sealed interface Split {
        /** May be empty: a line of blanks has no words. */
        record Words(List<String> words) implements Split {
            public Words {
                words = List.copyOf(words);
            }
        }

        /** A quote that is not closed, or a backslash at the end. */
        record Unfinished(String why) implements Split {}
    }

    public static Split split(String line) {
        return new ShellWords(line).split();
    }

    private Split split() {
        while (next < line.length()) {
            char c = line.charAt(next++);
            boolean closed =
                    switch (c) {
                        case ' ', '\t', '\n' -> endWord();
                        case '\'' -> singleQuoted();
                        case '"' -> doubleQuoted();
                        case '\\' -> escaped();
                        default -> append(c);
                    };
            if (!closed) {
                return new Split.Unfinished(
                        c == '\\'
                                ? "it ends with a backslash"
                                : "a quote (" + c + ") is not closed");
            }
        }
        endWord();
        return new Split.Words(words);
    }

    private boolean endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
        return true;
    }

    private boolean append(char c) {
        inWord = true;
        word.append(c);
        return true;
    }

    private boolean singleQuoted() {
        int end = line.indexOf('\'', next);
        if (end < 0) {
            return false;
        }
        inWord = true;
        word.append(line, next, end);
        next = end + 1;
        return true;
    }

    private boolean doubleQuoted() {
        inWord = true;
        while (next < line.length()) {
            char c = line.charAt(next++);
            if (c == '"') {
                return true;
            }
            if (c == '\\' && next < line.length()) {
                escapedInDoubleQuotes(line.charAt(next++));
            } else {
                word.append(c);
            }
        }
        return false;
    }

    private void escapedInDoubleQuotes(char c) {
        if (c == '\n') {
            return;
        }
        if (ESCAPABLE_IN_DOUBLE_QUOTES.indexOf(c) < 0) {
            word.append('\\');
        }
        word.append(c);
    }

    /** An escaped newline joins lines: it is no character and begins no word. */
    private boolean escaped() {
        if (next == line.length()) {
            return false;
        }
        char c = line.charAt(next++);
        return c == '\n' || append(c);
    }
}
