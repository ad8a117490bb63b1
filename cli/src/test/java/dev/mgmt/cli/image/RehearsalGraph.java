package dev.mgmt.cli.image;

import java.nio.file.Path;

/** A graph that uses every kind and every part of the language, and succeeds. */
final class RehearsalGraph {
    private RehearsalGraph() {}

    static String below(Path directory) {
        return """
                graph: rehearsal
                resources:
                  noop:
                  - name: n
                  print:
                  - name: p
                    msg: rehearsal
                  exec:
                  - name: e
                    cmd: echo rehearsal
                    shell: /bin/sh
                  file:
                  - name: DIR/file
                    content: "rehearsal\\n"
                    mode: 0640
                  - name: DIR/directory/
                  - name: "@@exported"
                    content: "for everybody\\n"
                collect:
                - kind: file
                  pattern: DIR/directory/
                edges:
                - {name: e1, from: {kind: noop, name: n}, to: {kind: print, name: p}}
                - file[DIR/file] ~> exec[e]
                - file[DIR/directory/] -> file[exported]
                """
                .replace("DIR", directory.toString());
    }
}
