package dev.mgmt.engine.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeedsIT {
    @TempDir private Path directory;

    private Deeds open() {
        return new Deeds(StateDirectory.at(directory.resolve("state")));
    }

    @Test
    void whatOneEngineDidTheNextOneOfItsRunIsToldOnce() throws IOException {
        open().keepFor("r1");
        open().done("a", Map.of("output", "two\nlines", "stderr", ""));

        Deeds next = open();
        next.keepFor("r1");

        assertEquals(Optional.of(Map.of("output", "two\nlines", "stderr", "")), next.recall("a"));
        assertEquals(Optional.empty(), next.recall("a"), "told to do it anew, it does");
        assertEquals(Optional.empty(), next.recall("b"));
    }

    @Test
    void anotherRunBeginsAnew() throws IOException {
        open().keepFor("r1");
        open().done("a", Map.of());

        open().keepFor("r2");

        assertEquals(Optional.empty(), open().recall("a"));
    }

    @Test
    void nothingIsKeptWhereNobodyAskedForItOrTheRunIsOver() throws IOException {
        open().done("a", Map.of());
        assertEquals(Optional.empty(), open().recall("a"));

        open().keepFor("r1");
        open().done("a", Map.of());
        open().forget();

        assertFalse(Files.exists(directory.resolve("state/deeds")));
    }

    @Test
    void aCommandWhoseEngineIsGoneIsEnded() throws Exception {
        open().keepFor("r1");
        Process orphan =
                new ProcessBuilder("setsid", "sh", "-c", "sleep 60; touch went-on")
                        .directory(directory.toFile())
                        .start();
        List<ProcessHandle> all = List.of(orphan.toHandle());
        open().begun("a", orphan.pid());

        open().keepFor("r1");

        assertTrue(orphan.waitFor(5, TimeUnit.SECONDS), all::toString);
        assertFalse(Files.exists(directory.resolve("went-on")));
        assertEquals(Optional.empty(), open().recall("a"));
    }
}
