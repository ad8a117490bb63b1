package dev.mgmt.engine.kind.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.kind.exec.ShellWords.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void blanksSeparateWords() {
        assertWords("  a \t b\nc ", "a", "b", "c");
        assertWords(" ");
    }

    @Test
    void singleQuotesKeepEverything() {
        assertWords("'a  b' 'c\\' '$x \"'", "a  b", "c\\", "$x \"");
    }

    @Test
    void doubleQuotesKeepAllButFourEscapes() {
        assertWords("\"a  b\" \"\\$x \\\"\\` \\\\ \\n\"", "a  b", "$x \"` \\ \\n");
        assertWords("\"it's\"", "it's");
    }

    @Test
    void backslashKeepsTheNextCharacter() {
        assertWords("a\\ b \\'c \\\\", "a b", "'c", "\\");
    }

    @Test
    void anEscapedNewlineJoinsLines() {
        assertWords("a \\\n b", "a", "b");
        assertWords("a\\\nb", "ab");
        assertWords("\"a\\\nb\"", "ab");
    }

    @Test
    void quotedPartsJoinIntoOneWordAndMayBeEmpty() {
        assertWords("a'b'\"c\"d ''  \"\"", "abcd", "", "");
    }

    @Test
    void nothingElseOfAShellHappens() {
        assertWords(
                "a | b > c && $d *.x # e; ~",
                "a",
                "|",
                "b",
                ">",
                "c",
                "&&",
                "$d",
                "*.x",
                "#",
                "e;",
                "~");
    }

    @Test
    void whatIsNotClosedIsUnfinished() {
        assertEquals(new Split.Unfinished("a quote (') is not closed"), ShellWords.split("a 'b"));
        assertEquals(
                new Split.Unfinished("a quote (\") is not closed"), ShellWords.split("a \"b\\\""));
        assertEquals(new Split.Unfinished("it ends with a backslash"), ShellWords.split("a \\"));
        assertInstanceOf(Split.Unfinished.class, ShellWords.split("\"\\"));
    }

    private static void assertWords(String line, String... words) {
        assertEquals(new Split.Words(List.of(words)), ShellWords.split(line));
    }
}
