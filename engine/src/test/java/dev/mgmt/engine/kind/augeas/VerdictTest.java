package dev.mgmt.engine.kind.augeas;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mgmt.engine.kind.augeas.AugeasResource.Setting;
import dev.mgmt.engine.kind.augeas.AugeasResource.Target;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.Tool.Finished;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is made of augtool's words. */
class VerdictTest {
    private static final String MARK = "/augeas/version/save/mode[1] = \"backup\"\n";
    private static final String SAVED = "/augeas/events\n/augeas/events/saved = \"/files/etc/x\"\n";

    private static AugeasResource resource(String path, String value) {
        return new AugeasResource(
                new ResourceId("augeas", "a"),
                Meta.NONE,
                Optional.of(new Target(Path.of("/etc/x"), "Sshd.lns")),
                List.of(new Setting(path, value)));
    }

    /** One setting's answer, from its parts. */
    private static Verdict verdict(
            String value, String before, String after, String saved, String errors)
            throws FileFault {
        String saving = "Saved 1 file(s)\n"; // What augtool says besides is not looked at.
        String out = String.join(MARK, errors, before, "", after, saving, saved, errors, "");
        return Verdict.of(resource("Port", value), new Finished(0, out, ""));
    }

    private static String mendings(String value, String before) throws FileFault {
        return verdict(value, before, "", SAVED, "").mendings().stream()
                .map(mending -> mending.property() + " " + mending.detail())
                .collect(joining("\n"));
    }

    private static void refused(String message, Executable doing) {
        assertEquals(message, assertThrows(FileFault.class, doing).getMessage());
    }

    @Test
    void aValueIsComparedAsItIsAndShownAsItWas() throws FileFault {
        assertEquals("", mendings("22", "/files/etc/x/Port = \"22\"\n"));
        assertEquals("set Port: `22` → `2222`", mendings("2222", "/files/etc/x/Port = \"22\"\n"));
        assertEquals("set Port: absent → `22`", mendings("22", ""));
        assertEquals("", mendings("", "/files/etc/x/Port\n"));
        assertEquals("set Port: absent → ``", mendings("", ""));
    }

    @Test
    void escapesAreUndone() throws FileFault {
        assertEquals(
                "",
                mendings(
                        "a\"b\\c\td\ne ü\u0007 = \"f\" \uD83D\uDE00",
                        "/files/etc/x/Port = \"a\\\"b\\\\c\\td\\ne \\303\\274\\a = \\\"f\\\" \uD83D\uDE00\"\n"));
    }

    @Test
    void whatIsBelowANodeIsNotTheNode() throws FileFault {
        String nodes = "/files/etc/x/Port = \"22\"\n/files/etc/x/Port/a = \"1\"\n";
        assertEquals("", mendings("22", nodes));
        refused(
                "`Port` leads to 2 nodes, and one is to be set (say which: Port[1])",
                () -> mendings("22", nodes + "/files/etc/x/Port[2] = \"22\"\n"));
    }

    @Test
    void whatWasNotSetOrNotSavedIsAnError() throws FileFault {
        refused("`Port` cannot be set", () -> verdict("22", "", "", SAVED, "").expectSaved());
        String set = "/files/etc/x/Port = \"22\"\n";
        verdict("22", "", set, SAVED, "").expectSaved();
        refused(
                "nothing was saved: no file that Augeas knows has these paths (give `file` and"
                        + " `lens`)",
                () -> verdict("22", "", set, "", "").expectSaved());
        String error =
                """
                /augeas/files/etc/x/error = "put_failed"
                /augeas/files/etc/x/error/message = "Failed to match tree\\n\\n  {}"
                """;
        refused(
                "cannot save /etc/x with Sshd.lns: put_failed: Failed to match tree",
                () -> verdict("22", "", set, "", error).expectSaved());
    }

    @Test
    void onlyFilesThatAreConcernedMustBeReadable() throws FileFault {
        String error =
                """
                /augeas/files/etc/%1$s/error = "parse_failed"
                /augeas/files/etc/%1$s/error/line = "3"
                /augeas/files/etc/%1$s/error/char = "0"
                /augeas/files/etc/%1$s/error/message = "Get did not match"
                """;
        verdict("22", "", "", SAVED, error.formatted("other"));
        refused(
                "cannot read /etc/x with Sshd.lns: parse_failed at line 3, character 0: Get did"
                        + " not match",
                () -> verdict("22", "", "", SAVED, error.formatted("x")));
        refused(
                "Can not find lens Sshd.lns",
                () ->
                        verdict(
                                "22",
                                "",
                                "",
                                SAVED,
                                "/augeas/load/mgmt/error = \"Can not find lens Sshd.lns\"\n"));
    }

    @Test
    void anAnswerThatStopsIsNotTakenForOne() {
        refused(
                "`augtool` gave an answer that is not understood",
                () -> Verdict.of(resource("Port", "22"), new Finished(0, MARK, "")));
    }
}
