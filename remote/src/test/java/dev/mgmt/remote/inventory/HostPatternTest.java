package dev.mgmt.remote.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.remote.inventory.HostPattern.Candidate;
import dev.mgmt.remote.inventory.HostPattern.Parsing;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {
    private static final List<Candidate> HOSTS =
            List.of(
                    new Candidate("web01.dc1", Set.of("web")),
                    new Candidate("web02.dc1", Set.of("web")),
                    new Candidate("web10.dc2", Set.of("web")),
                    new Candidate("db1", Set.of("db", "old")),
                    new Candidate("gw1", Set.of()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    db1                | db1
                    web*               | web01.dc1 web02.dc1 web10.dc2
                    web0?.dc1          | web01.dc1 web02.dc1
                    *.dc1,gw1          | web01.dc1 web02.dc1 gw1
                    web[01-02].*       | web01.dc1 web02.dc1
                    web                | web01.dc1 web02.dc1 web10.dc2
                    web,!*.dc2         | web01.dc1 web02.dc1
                    !web               | db1 gw1
                    *,!old             | web01.dc1 web02.dc1 web10.dc2 gw1
                    webX01.dc1,gw1     | gw1
                    web01?dc1          | web01.dc1
                    """)
    void patternsChoose(String pattern, String chosen) {
        assertEquals(List.of(chosen.split(" ")), chosen(pattern));
    }

    @Test
    void dotsStandForThemselves() {
        assertEquals(List.of(), chosen("w*1xdc1"));
    }

    @Test
    void slipsAreToldWithTheirPosition() {
        assertEquals(
                new Parsing.Malformed("a [ without its ], at character 4"),
                HostPattern.parse("web[1-3"));
    }

    private static List<String> chosen(String pattern) {
        Parsing.Parsed parsed = assertInstanceOf(Parsing.Parsed.class, HostPattern.parse(pattern));
        return HOSTS.stream().filter(parsed.pattern()::chooses).map(Candidate::name).toList();
    }
}
