package dev.mgmt.engine.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.HostKnowledge;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A graph in, the edges that follow from what its resources are out. */
class KindEdgesTest {
    private static final HostKnowledge KNOWS_NOTHING =
            new HostKnowledge() {
                @Override
                public Set<Path> shippedBy(String packageName) {
                    return Set.of();
                }

                @Override
                public Optional<Object> groupKey(Resource resource) {
                    return Optional.empty();
                }
            };

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICuyyr8TsFmCLsPBSTdjnKbcd8qXOqjTXyKqaH1dPZ0T";

    private static Set<String> edges(String resources) {
        GraphBuilding building =
                ResourceGraph.of(
                        GraphTester.read("graph: g\nresources:\n" + resources),
                        List.of(),
                        KNOWS_NOTHING);
        ResourceGraph graph = assertInstanceOf(GraphBuilding.Built.class, building).graph();
        Set<String> shown = new TreeSet<>();
        graph.edges().forEach(edge -> shown.add(edge.from() + " -> " + edge.to()));
        return shown;
    }

    @Test
    void userGoesAfterItsGroupsAndFileAfterBoth() {
        assertEquals(
                Set.of(
                        "file[/a] -> file[/a/b]",
                        "group[g] -> file[/a/b]",
                        "group[g] -> user[u]",
                        "group[h] -> user[u]",
                        "user[u] -> file[/a/b]"),
                edges(
                        """
                          file:
                          - {name: /a/b, owner: u, group: 4711}
                          - {name: /a, path: /a/}
                          user:
                          - {name: u, state: exists, group: g, groups: ["4712"]}
                          group:
                          - {name: g, state: exists, gid: 4711}
                          - {name: h, state: exists, gid: 4712}
                          - {name: other, state: exists}
                        """));
    }

    @Test
    void userGoesAfterTheGroupOfItsName() {
        assertEquals(
                Set.of("group[u] -> user[u]"),
                edges(
                        """
                          user: [{name: u, state: exists}]
                          group: [{name: u, state: exists}]
                        """));
    }

    @Test
    void groupIsRemovedAfterItsUsersAndUserAfterItsKeysAndFiles() {
        assertEquals(
                Set.of(
                        "authorized_key[k] -> user[u]",
                        "file[/a] -> user[u]",
                        "user[u] -> group[g]"),
                edges(
                        """
                          group: [{name: g, state: absent}]
                          user: [{name: u, state: absent, group: g}]
                          authorized_key:
                          - name: k
                            user: u
                            key: %s
                            state: absent
                          file: [{name: /a, owner: u}]
                        """
                                .formatted(KEY)));
    }

    @Test
    void keyGoesAfterItsUserAndTheDirectoryOfItsFile() {
        assertEquals(
                Set.of("file[keys] -> authorized_key[k]", "user[u] -> authorized_key[k]"),
                edges(
                        """
                          user: [{name: u, state: exists}]
                          file: [{name: keys, path: /etc/ssh/keys/}]
                          authorized_key:
                          - name: k
                            user: u
                            key: %s
                            path: /etc/ssh/keys/u
                        """
                                .formatted(KEY)));
    }

    @Test
    void lineGoesAfterItsFileAndMountAfterItsPlaceAndBeforeWhatIsInIt() {
        assertEquals(
                Set.of(
                        "file[/srv] -> file[/srv/m]",
                        "file[/srv] -> mount[/srv/m]",
                        "file[/srv/m] -> mount[/srv/m]",
                        "file[/srv/m] -> file[/srv/m/f]",
                        "file[/srv/m] -> line[l]",
                        "file[/disk] -> mount[/srv/m]",
                        "mount[/srv/m] -> file[/srv/m/f]",
                        "mount[/srv/m] -> line[l]",
                        "file[/srv/m/f] -> line[l]"),
                edges(
                        """
                          line: [{name: l, path: /srv/m/f, content: a}]
                          file:
                          - {name: /srv/m/f}
                          - {name: /srv/m, path: /srv/m/}
                          - {name: /srv, path: /srv/}
                          - {name: /disk}
                          mount: [{name: /srv/m, device: /disk, type: ext4}]
                        """));
    }

    @Test
    void mountIsRemovedAfterWhatIsInItAndBeforeItsPlace() {
        assertEquals(
                Set.of(
                        "file[/srv/m/f] -> file[/srv/m]",
                        "file[/srv/m/f] -> mount[/srv/m]",
                        "mount[/srv/m] -> file[/srv/m]"),
                edges(
                        """
                          mount: [{name: /srv/m, state: absent}]
                          file:
                          - {name: /srv/m, path: /srv/m/, state: absent}
                          - {name: /srv/m/f, state: absent}
                        """));
    }

    @Test
    void cronGoesAfterItsUserAndParametersAfterTheirDirectory() {
        assertEquals(
                Set.of(
                        "user[u] -> cron[c]",
                        "file[cron] -> cron[c]",
                        "file[sysctl] -> sysctl[net.ipv4.ip_forward]"),
                edges(
                        """
                          cron: [{name: c, user: u, command: a}]
                          sysctl: [{name: net.ipv4.ip_forward, value: 1}]
                          user: [{name: u, state: exists}]
                          file:
                          - {name: cron, path: /etc/cron.d/}
                          - {name: sysctl, path: /etc/sysctl.d/}
                        """));
    }
}
