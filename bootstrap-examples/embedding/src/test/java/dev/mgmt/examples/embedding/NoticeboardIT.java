package dev.mgmt.examples.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NoticeboardIT {
    @TempDir Path directory = Path.of("");

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private Path board = Path.of("");

    @BeforeEach
    void nameTheBoard() {
        board = directory.resolve("board");
    }

    @Test
    void aNoticeIsPutUpReplacedAndComesBackWhenItIsTakenDown() throws Exception {
        try (Noticeboard noticeboard = new Noticeboard(board, told::add)) {
            noticeboard.post("open");
            EngineStatus first = noticeboard.awaitRest();
            assertEquals(3, first.counts().good());
            assertEquals("open\n", notice());

            noticeboard.post("closed");
            noticeboard.awaitRest();
            assertEquals("closed\n", notice());
            await("graph 2 runs");
            await("file[notice]: content");

            Files.delete(board.resolve("notice"));
            await("file[notice]: content");
            assertEquals("closed\n", notice());
        }
        assertTrue(Files.readAllLines(board.resolve("history")).size() >= 2);
        Files.delete(board.resolve("notice"));
        assertTrue(Files.notExists(board.resolve("notice")));
    }

    @Test
    void whatCannotBeIsTold() throws Exception {
        Files.writeString(board, "in the way");
        try (Noticeboard noticeboard = new Noticeboard(board, told::add)) {
            noticeboard.post("open");
            EngineStatus status = noticeboard.awaitRest();
            assertEquals(
                    "file[" + board + "/]", status.failures().getFirst().resource().toString());
            assertEquals(2, status.counts().blocked());
        }
    }

    @Test
    void nothingIsLeftOfAClosedEngine() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        long watchesBefore = watches();
        try (Noticeboard noticeboard = new Noticeboard(board, told::add)) {
            noticeboard.post("open");
            noticeboard.awaitRest();
            assertEquals(watchesBefore + 1, watches());
        }
        assertEquals(watchesBefore, watches());
        assertEquals(List.of(), ProcessHandle.current().children().toList());
        // Java keeps threads of its own for those that are virtual, and for children that ended.
        assertEquals(
                List.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread) && !thread.isDaemon())
                        .toList());
    }

    private static long watches() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(NoticeboardIT::isWatch).count();
        }
    }

    private static boolean isWatch(Path open) {
        try {
            return Files.readSymbolicLink(open).toString().contains("inotify");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void theProgramTakesNoticesFromItsInput() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Noticeboard.class.getName(),
                                board.toString())
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader output = process.inputReader()) {
            try (PrintWriter notices = new PrintWriter(process.outputWriter(), true)) {
                notices.println("open");
                String line = output.readLine();
                while (line != null && !line.equals("failed: []")) {
                    line = output.readLine();
                }
            }
            assertEquals("open\n", notice());
            assertEquals(0, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }

    private String notice() throws IOException {
        return Files.readString(board.resolve("notice"));
    }

    private void await(String text) throws InterruptedException {
        String line = told.take();
        while (!line.equals(text)) {
            line = told.take();
        }
    }
}
