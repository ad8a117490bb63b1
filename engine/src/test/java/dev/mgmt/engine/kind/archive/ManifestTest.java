package dev.mgmt.engine.kind.archive;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mgmt.engine.kind.archive.Manifest.Draft;
import dev.mgmt.engine.kind.archive.Manifest.Item;
import dev.mgmt.engine.os.FileFault;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private Draft draft = new Draft(0, 100, 1000);

    private void add(TarEntry.Type type, String name, String link, long size) throws FileFault {
        draft.add(new TarEntry(name, type, 0644, size, Instant.EPOCH, link));
    }

    private void file(String name) throws FileFault {
        add(TarEntry.Type.REGULAR, name, "", 1);
    }

    private void directory(String name) throws FileFault {
        add(TarEntry.Type.DIRECTORY, name, "", 0);
    }

    private void link(String name, String to) throws FileFault {
        add(TarEntry.Type.SYMBOLIC_LINK, name, to, 0);
    }

    private void hardLink(String name, String to) throws FileFault {
        add(TarEntry.Type.HARD_LINK, name, to, 0);
    }

    private String seen() throws FileFault {
        return draft.finish().items().entrySet().stream()
                .map(item -> item.getKey() + word(item.getValue()))
                .collect(joining(" "));
    }

    private static String word(Item item) {
        return switch (item) {
            case Item.Directory(OptionalInt mode) -> mode.isPresent() ? "/" : "/?";
            case Item.Regular file -> "=" + file.entry();
            case Item.Link link -> "→" + link.target();
            case Item.HardLink link -> "≡" + link.to();
        };
    }

    private interface Doing {
        void run() throws FileFault;
    }

    private static void refused(String message, Doing doing) {
        assertEquals(message, assertThrows(FileFault.class, doing::run).getMessage());
    }

    @Test
    void parentsComeFirstWhetherMentionedOrNot() throws FileFault {
        file("./a/b/c");
        directory("a/");
        file("a//./d");
        assertEquals("a/ a/b/? a/b/c=0 a/d=2", seen());
    }

    @Test
    void leadingPartsAreStripped() throws FileFault {
        draft = new Draft(1, 100, 1000);
        directory("v1/");
        file("v1/bin/x");
        hardLink("v1/y", "./v1/bin/x");
        file("README");
        assertEquals("bin/? bin/x=1 y≡bin/x", seen());
        refused(
                "`v1/z` in it is a link to what `strip` leaves out",
                () -> hardLink("v1/z", "README"));
    }

    @Test
    void theLastOfSeveralWithOneNameHolds() throws FileFault {
        file("a");
        link("a", "b");
        file("a");
        assertEquals("a=2", seen());
    }

    @Test
    void nothingLeadsOut() {
        refused("`/etc/passwd` in it has an absolute path", () -> file("/etc/passwd"));
        refused("`a/../../b` in it leads out of the directory", () -> file("a/../../b"));
        refused("`..` in it leads out of the directory", () -> directory(".."));
        refused("`h` in it has an absolute path", () -> hardLink("h", "/etc/shadow"));
        refused("`h` in it leads out of the directory", () -> hardLink("h", "../x"));
    }

    @Test
    void nothingGoesThroughALink() throws FileFault {
        link("etc", "/etc");
        refused(
                "`etc/passwd` in it is below `etc`, which is no directory",
                () -> file("etc/passwd"));
        refused("`etc` in it is there twice, once as a directory", () -> directory("etc"));
        file("d/x");
        refused("`d` in it is there twice, once as a directory", () -> link("d", "/"));
        refused("`d/x/y/z` in it is below `d/x`, which is no directory", () -> file("d/x/y/z"));
    }

    @Test
    void linksMayPointAnywhereTheyAreNeverFollowed() throws FileFault {
        link("l", "../../etc/passwd");
        link("m", "/etc/passwd");
        assertEquals("l→../../etc/passwd m→/etc/passwd", seen());
        refused("`n` in it is a link to nowhere", () -> link("n", ""));
    }

    @Test
    void hardLinksEndAtAFileOfTheArchive() throws FileFault {
        hardLink("b", "c");
        hardLink("c", "a");
        file("a");
        assertEquals("b≡a c≡a a=2", seen());
    }

    @Test
    void hardLinksToAnythingElseAreRefused() throws FileFault {
        link("l", "/etc/shadow");
        hardLink("h", "l");
        refused("`h` in it is a hard link to what is no file of the archive", () -> draft.finish());
        draft = new Draft(0, 100, 1000);
        hardLink("a", "b");
        hardLink("b", "a");
        refused("`a` in it is a hard link to what is no file of the archive", () -> draft.finish());
    }

    @Test
    void bombsAreRefusedBeforeTheyGoOff() throws FileFault {
        add(TarEntry.Type.REGULAR, "a", "", 1000);
        refused(
                "it unpacks to more than the 1000 bytes that there is room for",
                () -> add(TarEntry.Type.REGULAR, "b", "", 1));
        draft = new Draft(0, 2, Long.MAX_VALUE);
        add(TarEntry.Type.REGULAR, "a", "", Long.MAX_VALUE);
        refused(
                "it unpacks to more than the 9223372036854775807 bytes that there is room for",
                () -> add(TarEntry.Type.REGULAR, "a", "", Long.MAX_VALUE));
        draft = new Draft(0, 2, 1000);
        file("a");
        file("a");
        refused("it has too many entries: 2 are the most", () -> file("a"));
        draft = new Draft(0, 2, 1000);
        refused("it has too many entries: 2 are the most", () -> file("a/b/c"));
        draft = new Draft(0, 1000, 1000);
        refused(
                "`" + "a/".repeat(50) + "…` in it has too long a name",
                () -> file("a/".repeat(2049)));
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        refused(
                "`a\0b` in it has a name that this system does not take: Nul character not allowed",
                () -> file("a\0b"));
    }
}
