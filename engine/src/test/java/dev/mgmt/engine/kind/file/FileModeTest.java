package dev.mgmt.engine.kind.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileModeTest {
    @Test
    void octalIsTheModeWhateverWasThere() {
        assertEquals("0644", applied("0644", "0777"));
        assertEquals("0000", applied("0", "0777"));
        assertEquals("4755", applied("4755", "0000"));
        assertEquals("1777", applied("01777", "0000"));
    }

    @Test
    void symbolicChangesWhatWasThere() {
        assertEquals("0764", applied("u+x,g+w", "0644"));
        assertEquals("0640", applied("go-w,o=", "0666"));
        assertEquals("0755", applied("u=rwx,go=rx", "0000"));
        assertEquals("0444", applied("=r", "0777"));
        assertEquals("0755", applied("a+x", "0644"));
        assertEquals("0744", applied("u+rwx-s", "4644"));
    }

    @Test
    void aClassIsCopied() {
        assertEquals("0660", applied("g=u", "0600"));
        assertEquals("0775", applied("g+u", "0755"));
        assertEquals("0700", applied("go-u", "0777"));
    }

    @Test
    void capitalXIsForDirectoriesAndWhatIsExecutable() {
        assertEquals("0644", applied("a+X", "0644"));
        assertEquals("0755", applied("a+X", "0744"));
        assertEquals("0755", appliedToDirectory("a+X", "0644"));
    }

    @Test
    void setIdAndStickyBitsBelongToTheirClass() {
        assertEquals("4755", applied("u+s", "0755"));
        assertEquals("2755", applied("g+s", "0755"));
        assertEquals("6755", applied("+s", "0755"));
        assertEquals("1777", applied("+t", "0777"));
        assertEquals("0777", applied("u+t", "0777"));
        assertEquals("0755", applied("u=rwx", "4755"));
    }

    @Test
    void aDirectoryKeepsItsSetIdBitsUnlessTheyAreNamed() {
        assertEquals("2755", appliedToDirectory("g=rx", "2775"));
        assertEquals("0755", appliedToDirectory("g-s", "2755"));
    }

    @Test
    void whatIsNoModeIsRefused() {
        List<String> bad =
                List.of("", "8", "00644x", "77777", "rwx", "u", "u=q", "u+rug", "u+r,", ",");
        for (String text : bad) {
            assertEquals(Optional.empty(), FileMode.parse(text), text);
        }
    }

    @Test
    void octalIsShownWithFourDigits() {
        assertEquals("0644", FileMode.parse("644").orElseThrow().toString());
    }

    private static String applied(String mode, String before) {
        return applied(mode, before, FileShape.REGULAR);
    }

    private static String appliedToDirectory(String mode, String before) {
        return applied(mode, before, FileShape.DIRECTORY);
    }

    private static String applied(String mode, String before, FileShape shape) {
        FileMode parsed = FileMode.parse(mode).orElseThrow();
        return "%04o".formatted(parsed.applyTo(Integer.parseInt(before, 8), shape));
    }
}
