package dev.mgmt.engine.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.GraphDefinition.Export;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.kind.exec.ExecResource;
import dev.mgmt.engine.kind.file.FileMode;
import dev.mgmt.engine.kind.file.FileResource;
import dev.mgmt.engine.kind.file.FileResource.Content;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From one host's {@code @@name} to the other host's resource. */
class ExportTest {
    private static final GraphReader READER = new GraphReader(KindCatalog.installed().kinds());
    private static final ResourceId F1 = new ResourceId("file", "f1");

    @Test
    void anExportIsNoLocalResource() {
        GraphDefinition graph =
                read("graph: g\nresources: {file: [{name: '@@f1', content: x}, {name: /a}]}");
        assertEquals(1, graph.resources().size());
        assertEquals(List.of(F1), graph.exports().stream().map(Export::id).toList());
    }

    @Test
    void theTextHasTheSourceOfEachScalar() {
        Export export =
                export(
                        """
                        graph: g
                        resources:
                          file:
                          - &f
                            name: "@@f1"
                            path: /tmp/f1
                            content: |
                              false "quoted" \\ ü
                              \tnext: line
                            mode: 0741
                            owner: '1'
                            force: yes
                            group: ~
                            meta: {retry: -1, sema: [a:2]}
                        """);
        assertEquals(
                """
                name: "f1"
                path: /tmp/f1
                content: "false \\"quoted\\" \\\\ ü\\n\\tnext: line\\n"
                mode: 0741
                owner: "1"
                force: yes
                meta: {"retry": -1, "sema": ["a:2"]}
                """,
                export.text());
    }

    @Test
    void theCollectorPutsItWhereItsPatternSays() {
        Export export =
                export(
                        """
                        graph: g
                        resources:
                          file:
                          - {name: "@@f1", path: /tmp/a/f1, content: "null", mode: 0600}
                        """);
        FileResource file = assertInstanceOf(FileResource.class, collect(export, "/srv/in/"));
        assertEquals(F1, file.id());
        assertEquals(Path.of("/srv/in/f1"), file.path());
        assertEquals(new Content.Text("null"), file.content());
        assertEquals(Optional.of(new FileMode.Octal(0600)), file.mode());
    }

    @Test
    void withoutAPatternItKeepsItsPath() {
        Export export = export("graph: g\nresources: {file: [{name: '@@f1', path: /tmp/a/f1}]}");
        assertEquals(Path.of("/tmp/a/f1"), ((FileResource) collect(export, "")).path());
    }

    @Test
    void anExportNeedsNoPathOfItsOwn() {
        Export export = export("graph: g\nresources: {file: [{name: '@@a/b', content: x}]}");
        assertEquals(new ResourceId("file", "a/b"), export.id());
        assertEquals(Path.of("/in/b"), ((FileResource) collect(export, "/in/")).path());
        assertEquals(
                List.of(
                        "store:1:7: the path `a/b` is not absolute"
                                + " (start it with `/`; without `path` the name is the path)"),
                refusal(export.id(), export.text(), ""));
    }

    @Test
    void listsAndMapsSurviveTheJourney() {
        Export export =
                export(
                        """
                        graph: g
                        resources:
                          exec:
                          - name: "@@e"
                            cmd: echo
                            args: ["a, b", '~', "0", 0, "- c", "d: e", "#f", '', "\\u2028"]
                            env: {true: "no", "k: v": "{"}
                        """);
        ExecResource exec = assertInstanceOf(ExecResource.class, collect(export, ""));
        assertEquals(
                List.of("echo", "a, b", "~", "0", "0", "- c", "d: e", "#f", "", "\u2028"),
                exec.command().argv());
        assertEquals(Map.of("true", "no", "k: v", "{"), exec.environment());
    }

    @Test
    void anExportMayNotLeaveTheDirectoryItIsGiven() {
        assertEquals(
                List.of("store:2:11: the collected path `/etc/shadow` leaves `/in/`"),
                refusal(F1, "name: f1\nbasename: ../etc/shadow\n", "/in/"));
        assertEquals(
                List.of("store:2:7: the path `/in/..` ends in dots (write it without)"),
                refusal(F1, "name: f1\npath: /x/..\n", "/in/"));
        assertEquals(
                List.of("store:2:7: the collected path `/in` leaves `/in/`"),
                refusal(F1, "name: f1\npath: /\n", "/in/"));
        assertEquals(
                List.of("store:2:7: the collected path `/in` leaves `/in/`"),
                refusal(F1, "name: f1\npath: //\nstate: absent\n", "/in/"));
    }

    @Test
    void whateverAHostExportsTheAnswerIsAValue() {
        assertEquals(
                List.of("store:1:7: it is called `f2`, but was exported as file[f1]"),
                refusal(F1, "name: f2\n", "/in/"));
        assertEquals(
                List.of("store:1:1: there is nothing in it (an export starts with `name:`)"),
                refusal(F1, "", "/in/"));
        assertEquals(
                List.of("store:1:1: there is no kind `fiel` (did you mean `file`?)"),
                refusal(new ResourceId("fiel", "f1"), "name: f1", ""));
        assertEquals(
                List.of("store:2:1: `contents` is not a field of file (did you mean `content`?)"),
                refusal(F1, "name: f1\ncontents: x\n", "/in/"));
        assertEquals(
                List.of("store:1:51: nested more than 50 deep"), refusal(F1, "[".repeat(99), ""));
    }

    private static GraphDefinition read(String text) {
        GraphReading reading = READER.read("g.yaml", text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(GraphReading.Valid.class, reading, reading::toString).graph();
    }

    private static Export export(String text) {
        List<Export> exports = read(text).exports();
        assertEquals(1, exports.size());
        return exports.getFirst();
    }

    private static Resource collect(Export export, String pattern) {
        ExportReading reading = READER.readExport("store", export.id(), export.text(), pattern);
        return assertInstanceOf(ExportReading.Valid.class, reading, reading::toString).resource();
    }

    private static List<String> refusal(ResourceId id, String text, String pattern) {
        ExportReading reading = READER.readExport("store", id, text, pattern);
        return assertInstanceOf(ExportReading.Invalid.class, reading).problems().stream()
                .map(InputProblem::toString)
                .toList();
    }
}
