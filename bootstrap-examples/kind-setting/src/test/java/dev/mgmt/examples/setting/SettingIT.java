package dev.mgmt.examples.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingIT {
    @TempDir Path directory = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("settings");
    }

    @Test
    void aValueIsReplacedAndANewOneAddedAndTheRestStays() throws Exception {
        Files.writeString(file, "# kept\nPORT=1\nOTHER=x\nPORT=2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        try (GraphTester engine = GraphTester.open()) {
            EngineStatus status = engine.converge(graph("PORT: 80", "HOME: /srv"));
            assertEquals(2, status.counts().changed());
            assertEquals("# kept\nPORT=80\nOTHER=x\nHOME=/srv\n", Files.readString(file));
            assertEquals(
                    "rw-r-----",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        try (GraphTester again = GraphTester.open()) {
            assertEquals(0, again.converge(graph("PORT: 80", "HOME: /srv")).counts().changed());
        }
    }

    @Test
    void whoEditsTheFileSeesTheValueComeBack() throws Exception {
        Files.writeString(file, "");
        try (GraphTester engine = GraphTester.open()) {
            engine.converge(graph("PORT: 80"));
            Files.writeString(file, "PORT=81\n");
            engine.await("the value", () -> text().equals("PORT=80\n"));
        }
    }

    @Test
    void aDryRunShowsTheDifferenceAndChangesNothing() throws Exception {
        Files.writeString(file, "PORT=1\n");
        EngineOptions dry = EngineOptions.of("h1").with(Enforcement.CHECK_ONLY);
        try (GraphTester engine = GraphTester.open(dry, new MemoryWorld())) {
            engine.converge(graph("PORT: 80"));
            EngineEvent.WouldApply told = engine.events(EngineEvent.WouldApply.class).getFirst();
            assertTrue(told.detail().endsWith("-PORT=1\n+PORT=80\n"), told::detail);
            assertEquals("PORT=1\n", text());
        }
    }

    @Test
    void aFileThatIsMissingIsAnErrorUnlessTheGraphMakesIt() {
        try (GraphTester engine = GraphTester.open()) {
            EngineStatus failed = engine.converge(graph("PORT: 80"));
            assertEquals(
                    "cannot read %1$s: %1$s does not exist".formatted(file),
                    failed.failures().getFirst().reason());
            engine.converge(
                    graph("PORT: 80") + "  file: [{name: %s, state: exists}]\n".formatted(file));
            assertEquals("PORT=80\n", text());
        }
    }

    private String graph(String... settings) {
        StringBuilder graph = new StringBuilder("graph: g\nresources:\n  setting:\n");
        for (String setting : settings) {
            String[] sides = setting.split(": ", -1);
            graph.append(
                    "  - {name: %s, file: %s, value: %s}\n".formatted(sides[0], file, sides[1]));
        }
        return graph.toString();
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
