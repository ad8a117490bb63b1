package dev.mgmt.engine.yaml;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.GraphDefinition.Export;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.kind.KindCatalog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GraphReaderSimulationTest {
    private static final int ROUNDS = 5_000;
    private static final GraphReader READER = new GraphReader(KindCatalog.installed().kinds());
    private static final String GOOD =
            """
            graph: g
            resources:
              file:
              - &a {name: /a, content: "x\\ty", mode: 0644, force: yes}
              - {<<: *a, name: "@@b", path: /tmp/b}
              exec:
              - name: e
                cmd: echo 'a b'
                env: {A: b}
                args: [c, "d"]
                meta: {retry: 3, sema: [s:2]}
              print:
              - name: p
                msg: |
                  two
                  lines
            collect:
            - {kind: file, pattern: /in/}
            edges:
            - file[/a] -> exec[e]
            - {name: n, from: {kind: exec, name: e}, to: {kind: print, name: p}, notify: true}
            """;
    private static final List<String> SNIPPETS =
            List.of(
                    ":", "-", "*a", "&b ", "[", "]", "{", "}", "\"", "'", "\n", "\t", "!x ", "<<: ",
                    "|", "\u0000", "..", "/", "@@", "~", "true", "-> ", "? ", "#", ", ", "\\", "%");

    @Test
    void whateverIsInAFileTheAnswerIsAValue() {
        long seed = new Random().nextLong();
        System.out.println("GraphReaderSimulationTest seed " + seed);
        Random random = new Random(seed);
        int valid = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutated(random);
            String where = "seed " + seed + ", round " + round;
            switch (READER.read("g.yaml", bytes)) {
                case GraphReading.Valid(GraphDefinition graph, List<InputProblem> _) -> {
                    valid++;
                    checkValid(graph, where);
                }
                case GraphReading.Invalid(List<InputProblem> problems) ->
                        checkProblems(problems, where);
            }
        }
        assertTrue(valid > 0 && valid < ROUNDS, "seed " + seed + ": " + valid + " were valid");
    }

    /** What the reader lets pass can run, and other hosts can read what it exports. */
    private static void checkValid(GraphDefinition graph, String where) {
        assertInstanceOf(GraphBuilding.Built.class, ResourceGraph.of(graph, List.of()), where);
        for (Export export : graph.exports()) {
            assertInstanceOf(
                    ExportReading.Valid.class,
                    READER.readExport("store", export.id(), export.text(), "/in/"),
                    () -> where + ":\n" + export.text());
        }
    }

    private static void checkProblems(List<InputProblem> problems, String where) {
        assertFalse(problems.isEmpty(), where);
        for (InputProblem problem : problems) {
            assertTrue(problem.line() > 0 && problem.column() > 0, where + ": " + problem);
        }
    }

    private static byte[] mutated(Random random) {
        StringBuilder text = new StringBuilder(GOOD);
        int mutations = 1 + random.nextInt(3);
        for (int i = 0; i < mutations; i++) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(6));
            String snippet =
                    random.nextInt(3) == 0 ? "" : SNIPPETS.get(random.nextInt(SNIPPETS.size()));
            text.replace(from, to, snippet);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
