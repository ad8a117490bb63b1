package dev.mgmt.engine.graph;

import static dev.mgmt.engine.graph.Part.absentFile;
import static dev.mgmt.engine.graph.Part.any;
import static dev.mgmt.engine.graph.Part.exec;
import static dev.mgmt.engine.graph.Part.file;
import static dev.mgmt.engine.graph.Part.pkg;
import static dev.mgmt.engine.graph.Part.svc;
import static dev.mgmt.engine.graph.Part.uninstalled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AutoEdgesTest {
    private static final Thing USER = new Thing.User("u");
    private static final Thing GROUP = new Thing.Group("g");

    private static GraphBuilding.Built build(
            HostKnowledge host, List<Edge> edges, Resource... resources) {
        GraphDefinition definition =
                new GraphDefinition(
                        "g", List.of(resources), List.of(), edges, List.of(), Optional.empty());
        return assertInstanceOf(
                GraphBuilding.Built.class, ResourceGraph.of(definition, List.of(), host));
    }

    private static Set<String> edges(HostKnowledge host, Resource... resources) {
        return edges(build(host, List.of(), resources).graph());
    }

    private static Set<String> edges(Resource... resources) {
        return edges(KnownPackages.none(), resources);
    }

    private static Set<String> edges(ResourceGraph graph) {
        Set<String> shown = new TreeSet<>();
        graph.edges().forEach(edge -> shown.add(edge.from() + " -> " + edge.to()));
        return shown;
    }

    @Test
    void aFileGoesAfterTheNearestManagedDirectory() {
        assertEquals(
                Set.of("file[/a] -> file[/a/b/c]", "file[/a/b/c] -> file[/a/b/c/d/e]"),
                edges(file("/a/b/c/d/e"), file("/a"), file("/a/b/c"), file("/ab/c")));
    }

    @Test
    void theRootDirectoryIsAboveAllOthersAndBelowNone() {
        assertEquals(Set.of("file[/] -> file[/x]"), edges(file("/x"), file("/")));
    }

    @Test
    void nothingIsGeneratedUnlessAsked() {
        GraphDefinition definition = Graphs.definition(List.of(file("/a"), file("/a/b")));
        assertEquals(Set.of(), Graphs.built(definition).edges());
    }

    @Test
    void twoResourcesForOneDirectoryBothGoBefore() {
        Part other = any("mount", "/a").makes(new Thing.At(Path.of("/a")));
        assertEquals(
                Set.of("file[/a] -> file[/a/b]", "mount[/a] -> file[/a/b]"),
                edges(file("/a"), other, file("/a/b")));
    }

    @Test
    void whatIsInADirectoryThatIsToBeGoneIsGoneFirst() {
        assertEquals(
                Set.of("file[/a/b/c] -> file[/a/b]", "file[/a/b] -> file[/a]"),
                edges(absentFile("/a"), absentFile("/a/b"), absentFile("/a/b/c")));
    }

    @Test
    void whatIsToBeGoneFromADirectoryThatStaysGoesAfterTheDirectory() {
        assertEquals(Set.of("file[/a] -> file[/a/b]"), edges(file("/a"), absentFile("/a/b")));
    }

    @Test
    void anAccountGoesAfterItsGroupAndAFileAfterBoth() {
        Part group = any("group", "g").makes(GROUP);
        Part user = any("user", "u").makes(USER).needs(new Need.Of(GROUP));
        Part file = file("/f").needs(new Need.Of(USER)).needs(new Need.Of(GROUP));
        assertEquals(
                Set.of("group[g] -> user[u]", "group[g] -> file[/f]", "user[u] -> file[/f]"),
                edges(file, user, group));
    }

    @Test
    void anAccountIsGoneBeforeItsGroupIs() {
        Part group = any("group", "g").removes(GROUP);
        Part user = any("user", "u").removes(USER).needs(new Need.Of(GROUP));
        assertEquals(Set.of("user[u] -> group[g]"), edges(group, user));
    }

    @Test
    void theFirstOfSeveralThatIsMadeIsEnough() {
        assertEquals(
                Set.of("file[/etc/systemd/system/x.service] -> svc[x]"),
                edges(
                        svc("x"),
                        file("/usr/lib/systemd/system/x.service"),
                        file("/etc/systemd/system/x.service")));
        assertEquals(
                Set.of("file[/usr/lib/systemd/system/x.service] -> svc[x]"),
                edges(svc("x"), file("/usr/lib/systemd/system/x.service")));
    }

    @Test
    void aPackageGoesBeforeWhatItShips() {
        KnownPackages host =
                KnownPackages.of(
                        Map.of(
                                "p",
                                Set.of(
                                        "/usr/bin/tool",
                                        "/etc/p",
                                        "/etc/p/p.conf",
                                        "/lib/systemd/system/p.service"),
                                "q",
                                Set.of("/usr/bin/other")));
        assertEquals(
                Set.of(
                        "pkg[p] -> exec[/usr/bin/tool]",
                        "pkg[p] -> file[/etc/p]",
                        "pkg[p] -> file[/etc/p/p.conf]",
                        "file[/etc/p] -> file[/etc/p/p.conf]",
                        "pkg[p] -> svc[p]",
                        "pkg[q] -> exec[/usr/bin/other]"),
                edges(
                        host,
                        exec("/usr/bin/other"),
                        exec("/usr/bin/tool"),
                        exec("/usr/bin/third"),
                        file("/etc/p"),
                        file("/etc/p/p.conf"),
                        svc("p"),
                        pkg("p"),
                        pkg("q")));
    }

    @Test
    void whereSystemsAreMergedOnePathHasTwoNames() {
        KnownPackages host = KnownPackages.of(Map.of("bash", Set.of("/bin/bash")));
        assertEquals(
                Set.of("pkg[bash] -> exec[/usr/bin/bash]"),
                edges(host, pkg("bash"), exec("/usr/bin/bash")));
    }

    @Test
    void aPackageThatIsNotInstalledYetIsKnownByItsName() {
        KnownPackages host = KnownPackages.of(Map.of("git", Set.of("/usr/bin/git")));
        assertEquals(
                Set.of("pkg[nginx] -> svc[nginx]", "pkg[nginx] -> exec[/usr/sbin/nginx]"),
                edges(host, pkg("nginx"), pkg("git"), svc("nginx"), exec("/usr/sbin/nginx")));
        assertEquals(
                Set.of(),
                edges(host, pkg("git"), svc("git")),
                "what an installed package ships is known");
    }

    @Test
    void aPackageIsTakenAwayAfterTheLastUseOfItAndBeforeItsFiles() {
        KnownPackages host = KnownPackages.of(Map.of("p", Set.of("/usr/bin/p", "/etc/p.conf")));
        assertEquals(
                Set.of("exec[/usr/bin/p] -> pkg[p]", "pkg[p] -> file[/etc/p.conf]"),
                edges(host, uninstalled("p"), exec("/usr/bin/p"), absentFile("/etc/p.conf")));
    }

    @Test
    void whoWantsNoGeneratedEdgesNeedsNothingButIsNeeded() {
        assertEquals(
                Set.of("file[/a/b] -> file[/a/b/c]"),
                edges(file("/a"), file("/a/b").without(Trait.AUTOEDGE), file("/a/b/c")));
        KnownPackages host = KnownPackages.of(Map.of("p", Set.of("/usr/bin/p", "/etc/p")));
        assertEquals(
                Set.of(),
                edges(host, pkg("p").without(Trait.AUTOEDGE), exec("/usr/bin/p"), file("/etc/p")));
    }

    @Test
    void aDeclaredEdgeStaysAsItIs() {
        Edge notify = new Edge.Notify(new ResourceId("file", "/a"), new ResourceId("file", "/a/b"));
        ResourceGraph graph =
                build(KnownPackages.none(), List.of(notify), file("/a"), file("/a/b")).graph();
        assertEquals(Set.of(notify), graph.edges());
        assertEquals(Origin.DECLARED, graph.origin(notify));
    }

    @Test
    void anEdgeTellsWhyItIsThere() {
        ResourceGraph graph =
                build(KnownPackages.none(), List.of(), file("/a"), file("/a/b"), file("/c"))
                        .graph();
        Edge edge = graph.edges().iterator().next();
        Origin.Generated origin = assertInstanceOf(Origin.Generated.class, graph.origin(edge));
        assertEquals("file[/a/b] is in file[/a]", origin.sentence(edge));
        assertThrows(
                IllegalArgumentException.class,
                () -> graph.origin(new Edge.Notify(edge.from(), edge.to())));
    }

    @Test
    void anEdgeThatWouldCloseACycleIsLeftOutAndNamed() {
        Edge against = new Edge.Order(new ResourceId("file", "/a/b"), new ResourceId("file", "/a"));
        GraphBuilding.Built built =
                build(
                        KnownPackages.none(),
                        List.of(against),
                        file("/a"),
                        file("/a/b"),
                        file("/a/c"));
        assertEquals(
                Set.of("file[/a/b] -> file[/a]", "file[/a] -> file[/a/c]"), edges(built.graph()));
        assertEquals(
                List.of(
                        "no edge is generated from file[/a] to file[/a/b] (file[/a/b] is in"
                                + " file[/a]): it would close a cycle, as these come one after the"
                                + " other: file[/a/b] -> file[/a]"),
                built.warnings());
    }

    @Test
    void theBetterReasonGoesBeforeTheOther() {
        KnownPackages host = KnownPackages.of(Map.of("p", Set.of("/d")));
        Edge first = new Edge.Order(new ResourceId("file", "/d/f"), new ResourceId("pkg", "p"));
        GraphBuilding.Built built = build(host, List.of(first), pkg("p"), file("/d"), file("/d/f"));
        assertEquals(
                Set.of("file[/d] -> file[/d/f]", "file[/d/f] -> pkg[p]"), edges(built.graph()));
        assertTrue(built.warnings().getFirst().contains("pkg[p] ships the path of file[/d]"));
    }

    @Test
    void onlySomeOfManyAreNamed() {
        int files = 1000;
        List<Resource> resources = new ArrayList<>(List.of(file("/a")));
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            Part inside = file("/a/" + i);
            resources.add(inside);
            edges.add(new Edge.Order(inside.id(), new ResourceId("file", "/a")));
        }
        GraphBuilding.Built built =
                build(KnownPackages.none(), edges, resources.toArray(Resource[]::new));
        assertEquals(files, built.graph().edges().size());
        assertEquals(11, built.warnings().size());
        assertEquals(
                "990 more edges are not generated because each would close a cycle",
                built.warnings().getLast());
    }

    @Test
    void aKnotTooLargeToSearchLosesEdgesButKeepsItsOrder() {
        int length = 20_000;
        List<Resource> resources = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Thing mine = new Thing.User("t" + i);
            Part part = any("part", "%05d".formatted(i)).makes(mine);
            resources.add(i == 0 ? part : part.needs(new Need.Of(new Thing.User("last"))));
            if (i > 0) {
                edges.add(new Edge.Order(resources.get(i - 1).id(), part.id()));
            }
        }
        resources.add(any("part", "99999").makes(new Thing.User("last")));
        edges.add(new Edge.Order(resources.get(length - 1).id(), resources.get(length).id()));
        GraphBuilding.Built built =
                build(KnownPackages.none(), edges, resources.toArray(Resource[]::new));
        assertEquals(length, built.graph().edges().size());
        assertTrue(built.warnings().getLast().contains("too long to tell"), built::toString);
    }
}
