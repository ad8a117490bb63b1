package dev.mgmt.engine.kind.pkg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.kind.pkg.Standing.Mark;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** dpkg's database, as deb-control(5) and dpkg-query(1) say. */
class DpkgStatusTest {
    private static List<String> stanza(
            String name, String architecture, String status, String version) {
        return List.of(
                "Package: " + name,
                "Status: " + status,
                "Architecture: " + architecture,
                "Version: " + version,
                "Description: short",
                " Package: not-a-field",
                "");
    }

    private static Map<String, Standing> parse(List<List<String>> stanzas) {
        List<String> text = stanzas.stream().flatMap(List::stream).toList();
        return DpkgStatus.parse(List.of(text), "amd64");
    }

    private static final String INSTALLED = "install ok installed";

    @Test
    void aPackageIsKnownByItsNameAndByItsArchitecture() {
        Map<String, Standing> found =
                parse(
                        List.of(
                                stanza("pear", "all", INSTALLED, "1:1.0-1"),
                                stanza("plum", "i386", INSTALLED, "2.0")));
        assertEquals(Set.of("pear", "pear:all", "plum:i386"), found.keySet());
        assertEquals(Standing.of("1:1.0-1"), found.get("pear"));
    }

    @Test
    void whatIsRemovedButForItsConfigurationIsAbsent() {
        Map<String, Standing> found =
                parse(
                        List.of(
                                stanza("pear", "all", "deinstall ok config-files", "1.0"),
                                stanza("plum", "all", "unknown ok not-installed", "1.0")));
        assertEquals(Map.of(), found);
    }

    @Test
    void triggersDoNotMakeAPackageBroken() {
        Map<String, Standing> found =
                parse(
                        List.of(
                                stanza("a", "all", "install ok triggers-pending", "1"),
                                stanza("b", "all", "install ok triggers-awaited", "1"),
                                stanza("c", "all", "install ok half-configured", "1"),
                                stanza("d", "all", "install reinstreq half-installed", "1"),
                                stanza("e", "all", "hold ok installed", "1")));
        assertEquals(Standing.of("1"), found.get("a"));
        assertEquals(Standing.of("1"), found.get("b"));
        Standing broken = new Standing(List.of("1"), Set.of(Mark.BROKEN));
        assertEquals(broken, found.get("c"));
        assertEquals(broken, found.get("d"));
        assertEquals(new Standing(List.of("1"), Set.of(Mark.HELD)), found.get("e"));
    }

    @Test
    void whatAnUpdateSaysIsNewer() {
        Map<String, Standing> found =
                DpkgStatus.parse(
                        List.of(
                                stanza("pear", "all", INSTALLED, "1.0"),
                                stanza("pear", "all", "install ok half-configured", "1.1"),
                                stanza("plum", "all", "deinstall ok config-files", "1.0")),
                        "amd64");
        assertEquals(
                Map.of(
                        "pear", new Standing(List.of("1.1"), Set.of(Mark.BROKEN)),
                        "pear:all", new Standing(List.of("1.1"), Set.of(Mark.BROKEN))),
                found);
    }
}
