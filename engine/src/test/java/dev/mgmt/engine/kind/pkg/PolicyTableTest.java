package dev.mgmt.engine.kind.pkg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What apt-cache and apk print about versions. */
class PolicyTableTest {
    @Test
    void aptTellsTheCandidateAndTheSectionsOfEachVersion() {
        String text =
                """
                pear:
                  Installed: 1.0
                  Candidate: 2.0-1~bpo12+1
                  Version table:
                     2.0-1~bpo12+1 500
                        500 http://archive.example/debian bookworm-backports/main amd64 Packages
                        500 http://archive.example/debian bookworm-backports/contrib amd64 Packages
                 *** 1.0 100
                        100 /var/lib/dpkg/status
                     0.9 -1
                         -1 copy:/srv/repo stable/non-free amd64 Packages
                """;
        assertEquals(
                Map.of(
                        "pear",
                        new Offer(
                                Optional.of("2.0-1~bpo12+1"),
                                Map.of(
                                        "2.0-1~bpo12+1", Set.of("main", "contrib"),
                                        "0.9", Set.of("non-free")))),
                PolicyTable.apt(text.lines().toList()));
    }

    @Test
    void aptHasNoCandidateForANameThatIsOnlyProvided() {
        List<String> lines =
                List.of("fruit:", "  Installed: (none)", "  Candidate: (none)", "  Version table:");
        assertEquals(
                Map.of("fruit", new Offer(Optional.empty(), Map.of())), PolicyTable.apt(lines));
        assertEquals(Map.of(), PolicyTable.apt(List.of()));
    }

    @Test
    void apkOffersWhatARepositoryWithoutATagHas() {
        String text =
                """
                pear policy:
                  1.0-r0:
                    lib/apk/db/installed
                    https://orchard.example/main
                  1.1-r0:
                    @edge https://orchard.example/edge
                  0.9-r0:
                    lib/apk/db/installed
                """;
        assertEquals(Map.of("pear", Set.of("1.0-r0")), PolicyTable.apk(text.lines().toList()));
    }
}
