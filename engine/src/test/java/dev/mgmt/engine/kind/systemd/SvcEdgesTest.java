package dev.mgmt.engine.kind.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.HostKnowledge;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a unit goes after without being told to. */
class SvcEdgesTest {
    private static final GraphReader READER = new GraphReader(KindCatalog.installed().kinds());

    /** A host whose package web-server ships a unit of another name. */
    private static final HostKnowledge HOST =
            new HostKnowledge() {
                @Override
                public Set<Path> shippedBy(String packageName) {
                    return packageName.equals("web-server")
                            ? Set.of(Path.of("/lib/systemd/system/httpd.service"))
                            : Set.of();
                }

                @Override
                public Optional<Object> groupKey(Resource resource) {
                    return Optional.empty();
                }
            };

    private static List<String> edges(String resources) {
        byte[] text = ("graph: g\nresources:\n" + resources).getBytes(StandardCharsets.UTF_8);
        GraphDefinition graph =
                assertInstanceOf(GraphReading.Valid.class, READER.read("g.yaml", text)).graph();
        return assertInstanceOf(GraphBuilding.Built.class, ResourceGraph.of(graph, List.of(), HOST))
                .graph()
                .edges()
                .stream()
                .map(SvcEdgesTest::shown)
                .sorted()
                .toList();
    }

    private static String shown(Edge edge) {
        return edge.from() + " -> " + edge.to();
    }

    @Test
    void unitGoesAfterItsFileWhereverThatIs() {
        for (String file :
                List.of(
                        "/etc/systemd/system/a.service",
                        "/usr/lib/systemd/system/a.service",
                        "/lib/systemd/system/a.service",
                        "/etc/init.d/a")) {
            assertEquals(
                    List.of("file[" + file + "] -> svc[a]"),
                    edges("  svc: [{name: a}]\n  file: [{name: " + file + ", content: x}]\n"));
        }
    }

    @Test
    void instanceGoesAfterTheFileOfItsTemplate() {
        String file = "/etc/systemd/system/a@.service";
        assertEquals(
                List.of("file[" + file + "] -> svc[a@1]"),
                edges("  svc: [{name: a@1}]\n  file: [{name: " + file + ", content: x}]\n"));
    }

    @Test
    void unitOfTheSessionGoesAfterItsOwnFileOnly() {
        assertEquals(
                List.of("file[/etc/systemd/user/a.service] -> svc[a]"),
                edges(
                        """
                          svc: [{name: a, session: true}]
                          file:
                          - {name: /etc/systemd/user/a.service, content: x}
                          - {name: /etc/systemd/system/a.service, content: x}
                        """));
    }

    @Test
    void unitGoesAfterThePackageThatShipsIt() {
        assertEquals(
                List.of("pkg[nginx] -> svc[nginx]", "pkg[web-server] -> svc[httpd]"),
                edges(
                        """
                          svc: [{name: httpd, state: running}, {name: nginx, state: running}]
                          pkg: [{name: web-server}, {name: nginx}, {name: other}]
                        """));
    }

    @Test
    void containerGoesAfterItsSettingsAndItsRoot() {
        assertEquals(
                List.of(
                        "file[/etc/systemd/nspawn/a.nspawn] -> nspawn[a]",
                        "file[/var/lib/machines/a/] -> nspawn[a]"),
                edges(
                        """
                          nspawn: [{name: a}]
                          file:
                          - {name: /etc/systemd/nspawn/a.nspawn, content: x}
                          - {name: /var/lib/machines/a/}
                        """));
    }
}
