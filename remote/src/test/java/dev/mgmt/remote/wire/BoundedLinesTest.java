package dev.mgmt.remote.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {
    @Test
    void linesComeWithoutTheirEnds() throws IOException {
        assertEquals(
                List.of(whole("a"), whole(""), whole("b"), whole("last")), lines("a\n\nb\r\nlast"));
    }

    @Test
    void ofALongLineOnlyTheBeginningIsKeptAndTheNextIsWhole() throws IOException {
        assertEquals(
                List.of(new BoundedLines.Line.Cut("12345678"), whole("12345678"), whole("next")),
                lines("123456789abcdef\n12345678\nnext\n"));
    }

    @Test
    void whatFollowsALineIsLeftInTheStream() throws IOException {
        ByteArrayInputStream in =
                new ByteArrayInputStream("line\nPRI".getBytes(StandardCharsets.UTF_8));
        new BoundedLines(in, 8).next();

        assertEquals("PRI", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static BoundedLines.Line whole(String text) {
        return new BoundedLines.Line.Whole(text);
    }

    private static List<BoundedLines.Line> lines(String text) throws IOException {
        BoundedLines reader =
                new BoundedLines(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 8);
        List<BoundedLines.Line> lines = new ArrayList<>();
        for (Optional<BoundedLines.Line> line = reader.next();
                line.isPresent();
                line = reader.next()) {
            lines.add(line.get());
        }
        return lines;
    }
}
