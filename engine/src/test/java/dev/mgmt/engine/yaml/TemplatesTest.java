package dev.mgmt.engine.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.exchange.AwaitingResource;
import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.Templates;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.kind.message.PrintResource;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.template.HostData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TemplatesTest {
    private static final GraphReader READER = new GraphReader(KindCatalog.installed().kinds());

    private final SortedMap<String, SortedMap<String, String>> values = new TreeMap<>();

    private static GraphDefinition read(String text) {
        GraphReading reading = READER.read("g.yaml", text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(GraphReading.Valid.class, reading, reading::toString).graph();
    }

    private static GraphDefinition print(String vars, String template) {
        return read(
                "graph: g\nvars: {%s}\nresources:\n  print:\n  - {name: p, msg: !template \"%s\"}\n"
                        .formatted(vars, template));
    }

    private Templates.Rendering render(GraphDefinition graph) {
        Value.Entries facts =
                new Value.Entries(
                        Map.of(
                                "host",
                                new Value.Scalar("h1", Value.Style.QUOTED),
                                "os",
                                new Value.Entries(
                                        Map.of(
                                                "id",
                                                new Value.Scalar("debian", Value.Style.QUOTED)))));
        return graph.templates().orElseThrow().render(new HostData(facts, values));
    }

    private GraphDefinition rendered(GraphDefinition graph) {
        Templates.Rendering rendering = render(graph);
        return assertInstanceOf(Templates.Rendering.Rendered.class, rendering, rendering::toString)
                .graph();
    }

    private List<String> refused(GraphDefinition graph) {
        return assertInstanceOf(Templates.Rendering.Refused.class, render(graph)).problems();
    }

    private static String message(GraphDefinition graph) {
        return ((PrintResource) graph.resources().getFirst()).message();
    }

    @Test
    void whatTheGraphItselfGivesIsRenderedWhereItIsRead() {
        GraphDefinition graph = print("role: web, port: 0741", "{{role}}:{{port}} ${x}");
        assertTrue(graph.templates().isEmpty());
        assertEquals("web:0741 ${x}", message(graph));
    }

    @Test
    void anUntaggedTextIsNeverTouched() {
        GraphDefinition graph =
                read("graph: g\nresources:\n  print:\n  - {name: p, msg: \"{{a}} !template\"}\n");
        assertEquals("{{a}} !template", message(graph));
        assertTrue(graph.templates().isEmpty());
    }

    @Test
    void factsAreTheHosts() {
        GraphDefinition graph = print("", "{{facts.os.id}} & <{{facts.host}}>");
        assertEquals("debian & <h1>", message(rendered(graph)));
    }

    @Test
    void theGraphsVariablesPrevailOverTheInventorys() {
        GraphDefinition graph = print("a: graph", "{{a}} {{b}} {{facts.host}}");
        assertEquals(
                "graph inventory h1",
                message(rendered(graph.given(Map.of("a", "inventory", "b", "inventory")))));
    }

    @Test
    void whatTheInventoryHasToGiveIsKnownBeforehand() {
        Templates templates = print("role: web", "{{rolle}} {{role}}").templates().orElseThrow();
        assertEquals(
                List.of(new Templates.Need("rolle", List.of("role"), "g.yaml", 5, 20)),
                templates.needs());
        assertEquals(
                "g.yaml:5:20: there is no variable `rolle` (did you mean `role`?)",
                TemplateProblem.unknown(templates.needs().getFirst(), Set.of("x")).toString());
    }

    @Test
    void anUnknownVariableIsAnErrorOnTheHostToo() {
        assertEquals(
                List.of("g.yaml:5:20: there is no variable `rolle` (did you mean `role`?)"),
                refused(print("role: web", "{{rolle}}")));
    }

    @Test
    void namesEdgesListsMapsAndMetaParametersMayBeTemplates() {
        GraphDefinition graph =
                read(
                        """
                        graph: g
                        vars: {every: 7}
                        resources:
                          timer:
                          - {name: t, interval: !template "{{every}}"}
                          print:
                          - name: !template "on {{facts.host}}"
                            msg: x
                            meta: {retry: !template "{{tries}}"}
                          exec:
                          - name: e
                            cmd: a
                            env: {HOST: !template "{{facts.host}}"}
                            args: [!template "{{facts.os.id}}", "{{b}}"]
                        edges:
                        - !template "timer[t] -> print[on {{facts.host}}]"
                        - timer[t] -> print[on h1]
                        - timer[t] -> exec[e]
                        """);
        assertEquals(
                Duration.ofSeconds(7),
                graph.resources().getFirst().meta().poll(),
                "known where it is read");
        GraphDefinition whole = rendered(graph.given(Map.of("tries", "3")));
        ResourceId timer = new ResourceId("timer", "t");
        ResourceId print = new ResourceId("print", "on h1");
        assertEquals(
                List.of(
                        new Edge.Order(timer, print),
                        new Edge.Order(timer, new ResourceId("exec", "e"))),
                whole.edges());
        Resource named =
                whole.resources().stream()
                        .filter(each -> each.id().equals(print))
                        .findFirst()
                        .get();
        assertEquals(3, named.meta().retries().times());
        assertTrue(whole.resources().toString().contains("debian"), whole::toString);
        assertTrue(whole.resources().toString().contains("{{b}}"), whole::toString);
    }

    @Test
    void whatComesOutIsCheckedAsIfItHadBeenWritten() {
        GraphDefinition graph =
                read(
                        """
                        graph: g
                        resources:
                          file:
                          - name: !template "{{dir}}/x"
                            content: x
                            mode: !template "{{mode}}"
                        """);
        assertEquals(
                1, rendered(graph.given(Map.of("dir", "/d", "mode", "0600"))).resources().size());
        List<String> problems = refused(graph.given(Map.of("dir", "d", "mode", "9")));
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("g.yaml:4:11: the path `d/x` is not"),
                problems::toString);
        assertTrue(
                problems.get(1).startsWith("g.yaml:6:11: `9` is not a file mode"),
                problems::toString);
    }

    @Test
    void aResourceWaitsForWhatAHostDoesNotSayYetAndTheOthersDoNot() {
        GraphDefinition graph =
                read(
                        """
                        graph: g
                        resources:
                          print:
                          - {name: a, msg: !template "{{kv[port].h2}}"}
                          - {name: b, msg: !template "{{#kv[port]}}{{host}}={{value};}{{/kv[port]}}"}
                          - {name: "@@c", msg: !template "{{kv[port].h2}}"}
                        edges:
                        - print[a] -> print[b]
                        """
                                .replace("{{value};}", "{{value}};"));
        assertEquals(Set.of("port"), graph.keys());
        GraphDefinition waiting = rendered(graph);
        AwaitingResource a =
                assertInstanceOf(AwaitingResource.class, waiting.resources().getFirst());
        assertEquals("kv[port].h2", a.awaited());
        assertEquals("", ((PrintResource) waiting.resources().get(1)).message());
        assertEquals(List.of(), waiting.exports());
        assertEquals(1, waiting.edges().size());

        values.put("port", new TreeMap<>(Map.of("h2", "82", "h3", "83")));
        GraphDefinition known = rendered(graph);
        assertEquals("82", message(known));
        assertEquals("h2=82;h3=83;", ((PrintResource) known.resources().get(1)).message());
        assertTrue(known.exports().getFirst().text().contains("msg: 82"), known::toString);
    }

    @Test
    void aNameCannotWait() {
        assertEquals(
                List.of(
                        "g.yaml:4:11: kv[port].h2 is not in the store yet (only fields of a"
                                + " resource can wait for it, not its name or `meta`)"),
                refused(
                        read(
                                """
                                graph: g
                                resources:
                                  print:
                                  - name: !template "{{kv[port].h2}}"
                                    msg: x
                                """)));
    }

    @Test
    void whatIsExportedIsRendered() {
        GraphDefinition graph =
                read(
                        """
                        graph: g
                        resources:
                          print:
                          - {name: !template "@@{{facts.host}}", msg: !template "{{x}}"}
                        """);
        GraphDefinition.Export export =
                rendered(graph.given(Map.of("x", "~"))).exports().getFirst();
        assertEquals("h1", export.id().name());
        assertEquals("name: \"h1\"\nmsg: \"~\"\n", export.text());
    }

    @Test
    void anExportHoldsNoTemplates() {
        ExportReading reading =
                READER.readExport(
                        "/k",
                        new ResourceId("print", "a"),
                        "name: a\nmsg: !template \"{{x}}\"",
                        "");
        assertTrue(
                assertInstanceOf(ExportReading.Invalid.class, reading)
                        .problems()
                        .getFirst()
                        .message()
                        .contains("cannot stand here"));
    }

    @Test
    void definitionsAreEqualIfTheyAndTheirVariablesSayTheSame() {
        GraphDefinition graph = print("", "{{facts.host}}{{a}}");
        assertEquals(graph, print("", "{{facts.host}}{{a}}"));
        assertEquals(graph.given(Map.of("a", "1")), graph.given(Map.of("a", "1")));
        assertNotEquals(graph, graph.given(Map.of("a", "1")));
        assertFalse(graph.equals(print("x: 1", "{{facts.host}}{{a}}")));
    }
}
