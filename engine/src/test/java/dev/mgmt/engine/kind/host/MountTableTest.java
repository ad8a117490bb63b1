package dev.mgmt.engine.kind.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MountTableTest {
    @Test
    void lineOfTheKernelIsReadWhateverOptionalFieldsItHas() {
        String line =
                "36 35 98:0 /mnt1 /mnt\\0402 rw,noatime shared:1 master:2 - ext3 /dev/root rw,sync";
        Mounted mounted = Mounted.of(line).orElseThrow();
        assertEquals("/mnt 2", mounted.point());
        assertEquals("ext3", mounted.type());
        assertEquals("/dev/root", mounted.source());
        assertEquals(Set.of("rw", "noatime", "sync"), mounted.flags());
        assertTrue(Mounted.of("36 35 98:0 / /m rw - tmpfs none rw").isPresent());
        assertEquals(Optional.empty(), Mounted.of("nonsense"));
    }

    @Test
    void entryOfFstabIsReadAndWrittenAlike() {
        FstabEntry entry =
                FstabEntry.of("  //nas/a\\040b\t/m#1  cifs  credentials=/c,x=1 1 2 ").orElseThrow();
        assertEquals(
                new FstabEntry("//nas/a b", "/m#1", "cifs", "credentials=/c,x=1", 1, 2), entry);
        assertEquals("//nas/a\\040b /m\\0431 cifs credentials=/c,x=1 1 2", entry.line());
        assertEquals(Optional.of(entry), FstabEntry.of(entry.line()));
        FstabEntry odd = new FstabEntry("a\\b", "/m", "t", "o", 0, 0);
        assertEquals(Optional.of(odd), FstabEntry.of(odd.line()));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        assertEquals(
                Optional.of(new FstabEntry("a", "/m", "t", "defaults", 0, 0)),
                FstabEntry.of("a /m t"));
        assertEquals(Optional.empty(), FstabEntry.of("# a /m t"));
        assertEquals(Optional.empty(), FstabEntry.of(""));
        assertEquals(Optional.empty(), FstabEntry.of("a /m"));
    }

    @Test
    void entryIsAtItsPlaceHoweverThatIsSpelled() {
        FstabEntry entry = new FstabEntry("a", "/m/", "t", "o", 0, 0);
        assertTrue(entry.isAt(Path.of("/m")));
        assertFalse(entry.isAt(Path.of("/m/n")));
        assertFalse(new FstabEntry("a", "none", "swap", "sw", 0, 0).isAt(Path.of("/none")));
    }

    @Test
    void passwordOfSomebodyElsesEntryIsNotShown() {
        FstabEntry entry = new FstabEntry("//a/b", "/m", "cifs", "user=u,password=x,ro", 0, 0);
        assertEquals("//a/b cifs user=u,password=…,ro", entry.shown());
    }
}
