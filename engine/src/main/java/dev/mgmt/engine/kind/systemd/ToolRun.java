package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.os.ChildProcess;
import dev.mgmt.engine.os.OutputTail;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a tool of the host ended, and what it said.
 *
 * @param last its last lines, what it wrote to stderr if it did; oldest first
 */
record ToolRun(int code, List<String> last) {
    private static final int LINES = 5;

    ToolRun {
        last = List.copyOf(last);
    }

    /**
     * @throws IOException if it cannot be started or takes too long
     */
    static ToolRun of(List<String> line, Duration patience)
            throws IOException, InterruptedException {
        OutputTail out = new OutputTail();
        OutputTail err = new OutputTail();
        ChildProcess child =
                ChildProcess.start(line, Optional.empty(), Map.of(), out::add, err::add);
        boolean over = false;
        try {
            over = child.ends(patience);
            if (!over) {
                throw new IOException(
                        "`%s` took longer than %d s and was stopped"
                                .formatted(String.join(" ", line), patience.toSeconds()));
            }
            int code = child.await();
            List<String> said = err.last(LINES);
            return new ToolRun(code, said.isEmpty() ? out.last(LINES) : said);
        } finally {
            if (!over) {
                child.terminate();
            }
        }
    }

    boolean succeeded() {
        return code == 0;
    }

    /** For the end of a sentence. */
    String said() {
        return last.isEmpty() ? "" : ": " + String.join(" | ", last);
    }
}
