package dev.mgmt.engine.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.kind.exec.ExecResource;
import dev.mgmt.engine.kind.exec.ExecResource.Command;
import dev.mgmt.engine.kind.file.FileMode;
import dev.mgmt.engine.kind.file.FileResource;
import dev.mgmt.engine.kind.file.FileResource.Content;
import dev.mgmt.engine.kind.file.FileShape;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.kind.message.PrintResource;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Meta.Semaphore;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphReaderTest {
    private static final GraphReader READER = new GraphReader(KindCatalog.installed().kinds());

    @Test
    void aGraphInTheStyleOf2017IsRead() {
        GraphDefinition graph =
                read(
                        """
                        ---
                        graph: parallel
                        comment: two commands and what follows
                        resources:
                          exec:
                          - name: sleep1
                            cmd: sleep 1s
                            shell: ''
                            timeout: 0
                            watchcmd: ''
                            watchshell: ''
                            ifcmd: ''
                            ifshell: ''
                            pollint: 0
                            state: present
                          file:
                          - name: file1
                            path: "/tmp/demo/f1"
                            content: |
                              i am f1
                            state: exists
                          - name: file4
                            path: "/tmp/demo/f4"
                            content: |
                              i should not be here
                            state: absent
                          noop:
                          - name: noop1
                            meta:
                              noop: true
                        collect: []
                        edges:
                        - name: e1
                          from:
                            kind: Exec
                            name: sleep1
                          to:
                            kind: file
                            name: file1
                        """);
        assertEquals("parallel", graph.name());
        assertEquals(
                List.of("exec[sleep1]", "file[file1]", "file[file4]", "noop[noop1]"),
                graph.resources().stream().map(r -> r.id().toString()).toList());
        assertEquals(
                List.of(new Edge.Order(id("exec", "sleep1"), id("file", "file1"))), graph.edges());
        FileResource absent = (FileResource) graph.resources().get(2);
        assertEquals(FileResource.State.ABSENT, absent.state());
    }

    @Test
    void legacyFieldsAreWarnedOf() {
        assertEquals(
                List.of(
                        "g.yaml:6:5: `pollint` of exec means nothing any more (remove it)",
                        "g.yaml:7:5: `state` of exec means nothing any more (remove it)"),
                warnings(
                        """
                        graph: g
                        resources:
                          exec:
                          - name: a
                            cmd: "true"
                            pollint: 0
                            state: present
                        """));
    }

    @Test
    void whatHasNoEffectIsWarnedOf() {
        assertEquals(
                List.of("g.yaml:5:14: a directory has no content: it is ignored"),
                warnings(
                        """
                        graph: g
                        resources:
                          file:
                          - name: /a/
                            content: x
                        """));
    }

    @Test
    void scalarsKeepTheirSourceText() {
        FileResource file =
                only(
                        FileResource.class,
                        """
                        graph: g
                        resources:
                          file:
                          - {name: /a, mode: 0741, owner: 1, group: 0x10, content: false}
                        """);
        assertEquals(Optional.of(new FileMode.Octal(0741)), file.mode());
        assertEquals(Optional.of("1"), file.owner());
        assertEquals(Optional.of("0x10"), file.group());
        assertEquals(new Content.Text("false"), file.content());
        for (String text : List.of("2001-01-01", "1_000", "1:30", "yes", "0o17", ".inf", "1e3")) {
            PrintResource print = print("msg: " + text);
            assertEquals(text, print.message());
        }
    }

    @Test
    void nullIsAbsentAndQuotedNullIsText() {
        assertEquals("", print("msg: ~").message());
        assertEquals("", print("msg:").message());
        assertEquals("null", print("msg: 'null'").message());
    }

    @Test
    void everyFieldOfAFileIsRead() {
        FileResource directory =
                only(
                        FileResource.class,
                        """
                        graph: g
                        resources:
                          file:
                          - name: d
                            path: /srv/x/
                            dirname: /opt/
                            source: /usr/share/x/
                            recurse: yes
                            force: true
                            purge: on
                            sensitive: true
                            mode: u=rwX,go-w
                            owner: alice
                            group: staff
                        """);
        assertEquals(
                new FileResource(
                        id("file", "d"),
                        Meta.NONE,
                        Path.of("/opt/x"),
                        FileShape.DIRECTORY,
                        FileResource.State.EXISTS,
                        new Content.Source(Path.of("/usr/share/x"), FileShape.DIRECTORY),
                        Optional.of("alice"),
                        Optional.of("staff"),
                        FileMode.parse("u=rwX,go-w"),
                        true,
                        true,
                        true,
                        true),
                directory);
    }

    @Test
    void fragmentsAndLinksAreContents() {
        assertEquals(
                new Content.Fragments(List.of(Path.of("/b"), Path.of("/c"))),
                file("fragments: [/b, /c]").content());
        assertEquals(new Content.Link("../b"), file("symlink: true\n    source: ../b").content());
        assertEquals(new Content.Unmanaged(), file("owner: root").content());
        assertEquals(new Content.Text(""), file("content: ''").content());
    }

    @Test
    void everyFieldOfACommandIsRead() {
        ExecResource exec =
                only(
                        ExecResource.class,
                        """
                        graph: g
                        resources:
                          exec:
                          - name: e
                            cmd: tar -C '/a b' -x
                            args: [-f, 0741]
                            cwd: /tmp
                            env: {B: 1, A: ~}
                            timeout: 90
                            watchcmd: tail -f x | grep y
                            watchshell: /bin/bash
                            ifcmd: test -e x
                            nifcmd: test -e y
                            creates: /tmp/z
                            donecmd: touch z
                            user: bob
                            group: 100
                            meta:
                              retry: -1
                              delay: 250
                              poll: 5
                              sema: [b:2, a]
                        """);
        assertEquals(
                new ExecResource(
                        id("exec", "e"),
                        new Meta(
                                false,
                                new Meta.Retries(-1, Duration.ofMillis(250), 1),
                                Duration.ofSeconds(5),
                                Meta.RateLimit.NONE,
                                List.of(new Semaphore("a", 1), new Semaphore("b", 2)),
                                Duration.ZERO,
                                Meta.NONE.traits()),
                        words("tar", "-C", "/a b", "-x", "-f", "0741"),
                        Optional.of(Path.of("/tmp")),
                        Map.of("A", "", "B", "1"),
                        Duration.ofSeconds(90),
                        Optional.of(new Command.ShellLine("/bin/bash", "tail -f x | grep y")),
                        Optional.of(words("test", "-e", "x")),
                        Optional.of(words("test", "-e", "y")),
                        Optional.of(Path.of("/tmp/z")),
                        Optional.of(words("touch", "z")),
                        Optional.of("bob"),
                        Optional.of("100")),
                exec);
    }

    @Test
    void theNameIsTheCommandWhereThereIsNone() {
        ExecResource exec =
                only(ExecResource.class, "graph: g\nresources: {exec: [{name: echo hi}]}");
        assertEquals(words("echo", "hi"), exec.command());
    }

    @Test
    void shortEdgesOrderOrNotify() {
        GraphDefinition graph =
                read(
                        """
                        graph: g
                        resources: {noop: [{name: a}, {name: "b -> c[d]"}, {name: e}]}
                        edges:
                        - noop[a]->noop[b -> c[d]]
                        - NOOP[a] ~> noop[e]
                        - {from: {kind: noop, name: e}, to: {kind: noop, name: "b -> c[d]"}, notify: true}
                        """);
        assertEquals(
                List.of(
                        new Edge.Order(id("noop", "a"), id("noop", "b -> c[d]")),
                        new Edge.Notify(id("noop", "a"), id("noop", "e")),
                        new Edge.Notify(id("noop", "e"), id("noop", "b -> c[d]"))),
                graph.edges());
    }

    @Test
    void equalDoublesAreOneVertex() {
        GraphDefinition graph =
                read("graph: g\nresources: {noop: [{name: a}, {name: a, comment: ''}]}");
        assertEquals(List.of(new NoopResource(id("noop", "a"), Meta.NONE, "")), graph.resources());
    }

    @Test
    void anEdgeToACollectedKindWaitsForItsResource() {
        GraphDefinition graph =
                read(
                        """
                        graph: g
                        resources: {noop: [{name: a}]}
                        collect:
                        - {kind: file, pattern: /tmp/in/}
                        - {kind: print}
                        edges: ["file[from another host] -> noop[a]"]
                        """);
        assertEquals(1, graph.edges().size());
        assertEquals(
                List.of(new Collect("file", "/tmp/in/"), new Collect("print", "")),
                graph.collects());
    }

    @Test
    void theRemoteIsKeptAsWritten() {
        GraphDefinition graph = read("graph: g\nremote: ssh://root@[2001:db8::1]:22\nedges: ~\n");
        assertEquals(Optional.of("ssh://root@[2001:db8::1]:22"), graph.remote());
    }

    @Test
    void aByteOrderMarkAndWindowsLinesAreFine() {
        assertEquals("g", read("\uFEFFgraph: g\r\nresources: {}\r\n").name());
    }

    @Test
    void aliasesAndMergeKeysAreCarriedOut() {
        GraphDefinition graph =
                read(
                        """
                        graph: g
                        resources:
                          print:
                          - &base {name: a, msg: hello, meta: {retry: 2}}
                          - {<<: *base, name: b}
                          - {name: c, <<: [*base, {msg: unseen}]}
                        """);
        for (Resource resource : graph.resources()) {
            assertEquals("hello", ((PrintResource) resource).message());
            assertEquals(2, resource.meta().retries().times());
        }
        assertEquals(3, graph.resources().size());
    }

    @Test
    void tenThousandResourcesAndTheirEdgesAreRead() {
        StringBuilder text = new StringBuilder("graph: g\nresources:\n  file:\n");
        for (int i = 0; i < 10_000; i++) {
            text.append(
                    "  - name: /tmp/d/f%d\n    content: text %d\n    mode: 0644\n".formatted(i, i));
        }
        text.append("edges:\n");
        for (int i = 1; i < 10_000; i++) {
            text.append("- file[/tmp/d/f%d] -> file[/tmp/d/f%d]\n".formatted(i - 1, i));
        }
        GraphDefinition graph = read(text.toString());
        assertEquals(10_000, graph.resources().size());
        assertEquals(9_999, graph.edges().size());
    }

    private static ResourceId id(String kind, String name) {
        return new ResourceId(kind, name);
    }

    private static Command words(String... words) {
        return new Command.Words(List.of(words));
    }

    private static PrintResource print(String field) {
        return only(
                PrintResource.class, "graph: g\nresources:\n  print:\n  - name: p\n    " + field);
    }

    private static FileResource file(String field) {
        return only(
                FileResource.class, "graph: g\nresources:\n  file:\n  - name: /a\n    " + field);
    }

    private static <R extends Resource> R only(Class<R> kind, String text) {
        GraphDefinition graph = read(text);
        assertEquals(1, graph.resources().size());
        return assertInstanceOf(kind, graph.resources().getFirst());
    }

    private static GraphDefinition read(String text) {
        return valid(text).graph();
    }

    private static List<String> warnings(String text) {
        return valid(text).warnings().stream().map(InputProblem::toString).toList();
    }

    private static GraphReading.Valid valid(String text) {
        GraphReading reading = READER.read("g.yaml", text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(GraphReading.Valid.class, reading, reading::toString);
    }
}
