package dev.mgmt.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.GraphReading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
    private static final ResourceId A = new ResourceId("file", "/a");
    private static final ResourceId RUN = new ResourceId("exec", "run");

    @Test
    void aGraphMadeInCodeEqualsTheOneInAFile() {
        GraphDefinition made =
                GraphBuilder.named("g")
                        .add(
                                "file",
                                "/a",
                                Map.of("content", "true\n", "mode", "0640", "force", true),
                                Map.of("retry", 3, "sema", List.of("s:2"), "delay", 10))
                        .add("file", "b", Map.of("path", Path.of("/tmp/b"), "content", "1"))
                        .add(
                                "exec",
                                "run",
                                Map.of("cmd", "x", "timeout", 5, "env", Map.of("A", "b")))
                        .add("file", "@@shared", Map.of("content", "one\ntwo: \"3\"\u0001"))
                        .order(A, RUN)
                        .notify(new ResourceId("file", "b"), RUN)
                        .collect("file", "/in/")
                        .build();
        GraphDefinition read =
                GraphTester.read(
                        """
                        graph: g
                        resources:
                          file:
                          - name: /a
                            content: "true\\n"
                            mode: 0640
                            force: true
                            meta: {retry: 3, sema: [s:2], delay: 10}
                          - {name: b, path: /tmp/b, content: "1"}
                          - {name: "@@shared", content: "one\\ntwo: \\"3\\"\\x01"}
                          exec:
                          - {name: run, cmd: x, timeout: 5, env: {A: b}}
                        edges:
                        - file[/a] -> exec[run]
                        - file[b] ~> exec[run]
                        collect:
                        - {kind: file, pattern: /in/}
                        """);
        assertEquals(read, made);
        assertEquals(new Edge.Order(A, RUN), made.edges().getFirst());
    }

    @Test
    void allProblemsAreToldAtOnceEachWithWhatItIsAbout() {
        GraphReading reading =
                GraphBuilder.named("g")
                        .add("file", "/a", Map.of("contnt", "x"))
                        .add("fil", "b", Map.of())
                        .add("exec", "run", Map.of("timeout", "5"), Map.of("retr", 1))
                        .order(A, new ResourceId("noop", "none"))
                        .collect("file", "nowhere")
                        .read();
        List<String> told =
                assertInstanceOf(GraphReading.Invalid.class, reading).problems().stream()
                        .map(Object::toString)
                        .toList();
        assertEquals(
                List.of(
                        "file[/a]: `contnt` is not a field of file (did you mean `content`?)",
                        "fil[b]: there is no kind `fil` (did you mean `file`?)",
                        "exec[run]: `retr` is not a meta parameter (did you mean `retry`?)",
                        "exec[run]: `timeout` must be a whole number, without quotes, not a text",
                        "file[/a] -> noop[none]: there is no noop[none] in this graph"
                                + " (declare it, or remove the edge)",
                        "collect of file: the pattern of a file must be a directory: start and end"
                                + " with `/`"),
                told);
    }

    @Test
    void aGraphWithoutANameIsRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> GraphBuilder.named("").build());
        assertTrue(String.valueOf(refused.getMessage()).contains("the graph has no name"));
    }

    @Test
    void whatIsNoPlainValueIsRefused() {
        GraphBuilder graph = GraphBuilder.named("g").add("file", "/a", Map.of("mode", new int[0]));
        assertThrows(IllegalArgumentException.class, graph::read);
    }

    @Test
    void anUnknownKindInAnEdgeOrACycleIsToldAsInAFile() {
        GraphReading reading =
                GraphBuilder.named("g")
                        .add("noop", "a", Map.of())
                        .add("noop", "b", Map.of())
                        .order(new ResourceId("noop", "a"), new ResourceId("noop", "b"))
                        .notify(new ResourceId("noop", "b"), new ResourceId("noop", "a"))
                        .read();
        assertEquals(
                List.of(
                        "noop[b] ~> noop[a]: these resources wait for each other: noop[a] ->"
                                + " noop[b] -> noop[a] (remove one of these edges)"),
                assertInstanceOf(GraphReading.Invalid.class, reading).problems().stream()
                        .map(Object::toString)
                        .toList());
    }
}
