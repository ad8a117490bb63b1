package dev.mgmt.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.tunnel.identity.Person.Echo;
import dev.mgmt.tunnel.identity.Person.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsolePersonTest {
    private static List<String> lines(String text) {
        return ConsolePerson.lines(new Question("web1", text, Echo.HIDDEN));
    }

    @Test
    void everyLineSaysWhoseItIs() {
        assertEquals(
                List.of("web1: One-time code", "web1: Code:"), lines("One-time code\n\nCode: "));
    }

    @Test
    void hostCannotMoveTheCursorOrHideALine() {
        assertEquals(
                List.of("web1: \\x1b[2J\\x1b[1mPassword for bank:", "web1: \\x07"),
                lines("\u001b[2J\u001b[1mPassword for bank:\r\n\u0007"));
    }

    @Test
    void emptyQuestionStillSaysWhoAsks() {
        assertEquals(List.of("web1:"), lines(" \n"));
    }
}
