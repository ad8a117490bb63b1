package dev.mgmt.engine.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ToolIT {
    private static Tool.Finished run(String line, String input) throws Exception {
        return Tool.run(List.of("sh", "-c", line), input);
    }

    @Test
    void whatItSaidIsKnownThoughSomebodyItLeftBehindHoldsThePipe() throws Exception {
        assertEquals("said\n", run("echo said; sleep 0.3; sleep 8 &", "").out());
    }

    @Test
    void inputAndBothOutputsGoThrough() throws Exception {
        Tool.Finished finished = run("cat; echo bad >&2; exit 3", "given");
        assertEquals(new Tool.Finished(3, "given", "bad\n"), finished);
        assertEquals("bad", finished.said());
    }

    @Test
    void ofAVeryLongOutputTheBeginningIsKept() throws Exception {
        Tool.Finished finished = run("head -c 3000000 /dev/zero | tr '\\0' x", "");
        assertEquals(0, finished.code());
        assertEquals(1 << 20, finished.out().length());
        assertTrue(finished.out().startsWith("xxx"));
    }
}
