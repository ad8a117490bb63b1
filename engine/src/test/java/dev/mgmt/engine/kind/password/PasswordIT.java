package dev.mgmt.engine.kind.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords over several lives of an engine, in a real state directory. */
class PasswordIT {
    @TempDir private Path directory;

    /** One life: the graph runs, and what the receiving file then holds is returned. */
    private String live(String fields) throws IOException {
        EngineStatus status = status(fields);
        assertEquals(java.util.List.of(), status.failures());
        return Files.readString(directory.resolve("secret"));
    }

    private EngineStatus status(String fields) {
        EngineOptions options =
                EngineOptions.of("h1").withStateDirectory(directory.resolve("state"));
        try (GraphTester tester = GraphTester.open(options, new MemoryWorld())) {
            return tester.converge(
                    """
                    graph: g
                    resources:
                      password:
                      - {name: a/b, %s}
                      file:
                      - name: %s/secret
                        recv:
                          content: password[a/b].password
                    """
                            .formatted(fields, directory));
        }
    }

    private Path saved() {
        return directory.resolve("state/password/a%2Fb");
    }

    @Test
    void aSavedPasswordOutlivesTheEngineAndOnlyItsOwnerReadsIt() throws IOException {
        String first = live("saved: true");
        assertEquals(first, live("saved: true"));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(saved())));
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(saved().getParent())));
    }

    @Test
    void onlyASavedOneIsInAFile() throws IOException {
        String first = live("length: 30");
        assertFalse(Files.exists(saved()));
        assertNotEquals(first, live("length: 30"));
        live("saved: true");
        live("saved: false");
        assertFalse(Files.exists(saved()), "what was saved before is removed");
    }

    @Test
    void anotherLengthOrOtherCharactersMakeAnotherOne() throws IOException {
        assertEquals(10, live("saved: true, length: 10").length());
        assertEquals(12, live("saved: true, length: 12").length());
        assertEquals("", live("saved: true, length: 12, charset: xy").replaceAll("[xy]", ""));
    }

    @Test
    void aDamagedOneIsAnErrorUnlessItMayBeMadeAnew() throws IOException {
        String first = live("saved: true");
        Files.writeString(saved(), Files.readString(saved()).replace(first, "guessed"));
        assertEquals(
                "the saved password is damaged (`checkrecovery: true`, or a refresh, makes another"
                        + " one)",
                status("saved: true").failures().getFirst().reason());
        assertEquals(64, live("saved: true, checkrecovery: true").length());
    }
}
