package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedTest {
    private static Map<ResourceId, Resource> read(String resource) {
        String kind = resource.substring(0, resource.indexOf(' '));
        String fields = resource.substring(resource.indexOf(' ') + 1);
        String yaml = "graph: g\nresources:\n  %s:\n  - {%s}".formatted(kind, fields);
        Map<ResourceId, Resource> read = new LinkedHashMap<>();
        GraphTester.read(yaml).resources().forEach(each -> read.put(each.id(), each));
        return read;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    file name: a, path: /x             | file name: b, path: /x             | true
                    file name: /x                      | file name: /y                      | false
                    file name: /x/                     | file name: /x/y/z                  | true
                    file name: /x/                     | file name: /x/y, state: absent     | false
                    file name: /x/                     | file name: /xy                     | false
                    mount name: /m, device: d, type: t | file name: /m/                     | false
                    file name: /m/                     | mount name: /m, device: d, type: t | true
                    mount name: /m, device: d, type: t | file name: /m/in                   | true
                    kv name: a, key: k, value: v       | kv name: a, key: k, value: other   | true
                    """)
    void graphHasASayInWhatIsTheSameOrCarriesSomethingOfIt(
            String left, String graph, boolean covered) {
        Resource undo = read(left).values().iterator().next().reversed().orElseThrow();
        assertEquals(covered, Managed.of(read(graph)).covers(undo));
    }
}
