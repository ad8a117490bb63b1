package dev.mgmt.engine.kind.augeas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.kind.augeas.AugeasResource.Setting;
import dev.mgmt.engine.kind.augeas.AugeasResource.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreePathTest {
    private static String of(String path) {
        return TreePath.of(Optional.empty(), new Setting(path, "v"));
    }

    @Test
    void aSettingIsBelowItsFile() {
        Target target = new Target(Path.of("/etc/a b[1]/x=y,(z)!|\\"), "Simplevars.lns");
        assertEquals(
                "/files/etc/a\\ b\\[1\\]/x\\=y\\,\\(z\\)\\!\\|\\\\/Port",
                TreePath.of(Optional.of(target), new Setting("Port", "22")));
    }

    @Test
    void withoutAFileThePathIsThatOfTheHostOrOfTheTree() {
        assertEquals("/files/etc/hosts/1/alias", of("/etc/hosts/1/alias"));
        assertEquals("/files/etc/hosts/1/alias", of("etc/hosts/1/alias"));
        assertEquals("/files/etc/hosts/1/alias", of("/files/etc/hosts/1/alias"));
        assertEquals("/files/augeas/save", of("/augeas/save"));
    }

    @Test
    void whatMayBeTheFileIsWhatIsNoExpression() {
        assertEquals(
                List.of(Path.of("/etc"), Path.of("/etc/hosts"), Path.of("/etc/hosts/1")),
                TreePath.candidates(of("/etc/hosts/1/*[. = \"a/b\"]/c")));
        assertEquals(List.of(), TreePath.candidates(of("/*/hosts")));
    }

    @Test
    void aPathIsOneWordOfACommand() {
        assertEquals(
                "\"/files/a\\\\ b/*[ip = \\\"::1\\\"]/x\\[y\"",
                TreePath.quoted("/files/a\\ b/*[ip = \"::1\"]/x\\[y"));
    }

    @Test
    void aPatternMatchesOneFileOnly() {
        assertEquals("/etc/\\*\\?\\[a\\]\\\\", TreePath.pattern(Path.of("/etc/*?[a]\\")));
    }
}
