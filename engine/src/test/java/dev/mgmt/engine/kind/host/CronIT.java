package dev.mgmt.engine.kind.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CronIT {
    private static final String HEAD = "# Kept by mgmt: changes are undone.\n";

    @TempDir private Path dir;
    private Path file;
    private GraphTester tester;

    @BeforeEach
    void open() throws IOException {
        file = Files.createDirectories(dir.resolve("etc/cron.d")).resolve("mgmt-job");
        tester = GraphTester.openAt(EngineOptions.of("h1"), new HostRoot(dir));
    }

    @AfterEach
    void close() {
        tester.close();
    }

    private static String graph(String fields) {
        return "graph: g\nresources:\n  cron:\n  - name: job\n" + fields.indent(4);
    }

    private EngineStatus keep(String fields) {
        return tester.converge(graph(fields));
    }

    @Test
    void entryIsWrittenForItsOwnerOnlyAndRemoved() throws IOException {
        keep(
                "minute: '*/5'\nhour: 8-17\nday: 1\nmonth: 1-6\nweekday: mon-fri\nuser: u\ncommand: echo 50\\% of it");
        assertEquals(HEAD + "*/5 8-17 1 1-6 mon-fri u echo 50\\% of it\n", text());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        keep("special: daily\ncommand: backup");
        assertEquals(HEAD + "@daily root backup\n", text());
        keep("state: absent");
        assertFalse(Files.exists(file));
        tester.forgetEvents();
        keep("state: absent\nmeta: {delay: 1}");
        assertEquals(List.of(), tester.events(EngineEvent.Applied.class));
    }

    @Test
    void changeShowsAsADiffWithoutWhatVariablesHold() throws IOException {
        keep("command: a\nenv: {TOKEN: hush, LIST: 'a \"b\"'}");
        assertEquals(HEAD + "TOKEN=\"hush\"\nLIST='a \"b\"'\n* * * * * root a\n", text());
        keep("command: b\nenv: {TOKEN: hush, LIST: 'a \"b\"'}");
        String said = tester.events().toString();
        assertTrue(said.contains(" LIST=…\n-* * * * * root a\n+* * * * * root b\n"), said);
        assertFalse(said.contains("hush"), said);
    }

    @Test
    void secondRunChangesNothing() {
        keep("command: a");
        try (GraphTester second = GraphTester.openAt(EngineOptions.of("h1"), new HostRoot(dir))) {
            assertEquals(0, second.converge(graph("command: a")).counts().changed());
        }
    }

    @Test
    void driftIsMended() throws IOException {
        keep("command: a");
        Files.writeString(file, "* * * * * root b\n");
        tester.await("the entry", () -> read().endsWith("root a\n"));
        Files.delete(file);
        tester.await("the entry", () -> read().endsWith("root a\n"));
    }

    @Test
    void underNoopTheEntryIsShownAndNotWritten() {
        try (GraphTester noop =
                GraphTester.openAt(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), new HostRoot(dir))) {
            assertEquals(1, noop.converge(graph("command: a")).counts().wouldChange());
            assertTrue(noop.events().toString().contains("+* * * * * root a\n"));
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void hostWithoutCronSaysWhatToInstall() throws IOException {
        Files.delete(dir.resolve("etc/cron.d"));
        String reason = keep("command: a").failures().getFirst().reason();
        assertEquals("this host has no /etc/cron.d (install cron)", reason);
    }

    @Test
    void linkIsNotFollowed() throws IOException {
        Path other = Files.writeString(dir.resolve("other"), "x");
        Files.createSymbolicLink(file, other);
        String reason = keep("command: a").failures().getFirst().reason();
        assertEquals(file + " is not a regular file, and is left alone", reason);
        assertEquals("x", Files.readString(other));
    }

    private String text() throws IOException {
        return Files.readString(file);
    }

    private String read() {
        try {
            return text();
        } catch (IOException e) {
            return "";
        }
    }
}
