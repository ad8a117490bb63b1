package dev.mgmt.engine.kind.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a real server on this machine. */
class HttpGetIT {
    @TempDir private Path dir;
    private WebServer server;
    private GraphTester tester;

    @BeforeEach
    void open() throws IOException {
        server = WebServer.plain();
        tester = GraphTester.open();
    }

    @AfterEach
    void close() {
        tester.close();
        server.close();
    }

    private String graph(String url, String digest, String more) {
        return """
        graph: g
        resources:
          http:get:
          - {name: %s/got, url: "%s", digest: "%s"%s}
        """
                .formatted(dir, url, digest, more);
    }

    private EngineStatus get(String path, String digest, String more) {
        return tester.converge(graph(server.url(path), digest, more));
    }

    private String reason(EngineStatus status) {
        return status.failures().getFirst().reason();
    }

    /** That nothing is left of a download that failed. */
    private void expectEmpty() throws IOException {
        try (Stream<Path> left = Files.list(dir)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String digest(String content) {
        return digest(content.getBytes(UTF_8));
    }

    @Test
    void aFileIsDownloadedOnceAndKept() throws IOException {
        byte[] content = new byte[5_000_000];
        new Random(7).nextBytes(content);
        server.serve("/big", content);

        EngineStatus status = get("/big", digest(content), ", mode: 0640");

        assertEquals(1, status.counts().changed());
        assertTrue(Arrays.equals(content, Files.readAllBytes(dir.resolve("got"))));
        assertEquals(0640, (int) Files.getAttribute(dir.resolve("got"), "unix:mode") & 07777);
        EngineEvent.Applied applied = tester.events(EngineEvent.Applied.class).getFirst();
        assertEquals("content", applied.property());
        assertEquals(
                "nothing → " + digest(content) + " from " + server.url("/big"), applied.detail());
        assertEquals(1, server.asked("/big"));
    }

    @Test
    void whatIsThereAlreadyIsNotAskedFor() throws IOException {
        Files.writeString(dir.resolve("got"), "hello");
        EngineStatus status = get("/never", digest("hello"), ", mode: 0600");
        assertEquals(1, status.counts().good());
        assertEquals(0600, (int) Files.getAttribute(dir.resolve("got"), "unix:mode") & 07777);
        assertEquals(0, server.asked("/never"));
    }

    @Test
    void aFileThatIsChangedOrRemovedIsDownloadedAgain() throws IOException {
        server.serve("/a", "hello".getBytes(UTF_8));
        get("/a", digest("hello"), "");
        Files.writeString(dir.resolve("got"), "tampered");
        tester.await("the content", () -> "hello".equals(content()));
        Files.delete(dir.resolve("got"));
        tester.await("the file", () -> "hello".equals(content()));
    }

    private String content() {
        try {
            return Files.readString(dir.resolve("got"));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void anotherDigestMakesItAnotherFileWithTheSameModeAndOwner() throws IOException {
        server.serve("/a", "two".getBytes(UTF_8));
        Files.writeString(dir.resolve("got"), "one");
        Files.setAttribute(dir.resolve("got"), "unix:mode", 0604);
        Files.setAttribute(dir.resolve("got"), "unix:gid", 54321);
        get("/a", digest("two"), "");
        assertEquals("two", content());
        assertEquals(0604, (int) Files.getAttribute(dir.resolve("got"), "unix:mode") & 07777);
        assertEquals(54321, Files.getAttribute(dir.resolve("got"), "unix:gid"));

        get("/a", digest("two"), ", owner: 54322, group: 54323, mode: 0640");
        assertEquals(54322, Files.getAttribute(dir.resolve("got"), "unix:uid"));
        assertEquals(54323, Files.getAttribute(dir.resolve("got"), "unix:gid"));
        assertEquals(0640, (int) Files.getAttribute(dir.resolve("got"), "unix:mode") & 07777);
    }

    @Test
    void underNoopNothingIsAskedForAndItIsSaidWhatWouldCome() throws IOException {
        tester.close();
        tester =
                GraphTester.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), new MemoryWorld());
        EngineStatus status = get("/a", digest("hello"), "");
        assertEquals(1, status.counts().wouldChange());
        assertEquals(
                "nothing → " + digest("hello") + " from " + server.url("/a"),
                tester.events(EngineEvent.WouldApply.class).getFirst().detail());
        assertEquals(0, server.asked("/a"));
        expectEmpty();
    }

    @Test
    void aWrongDigestLeavesNothingAndTellsBoth() throws IOException {
        server.serve("/a", "evil".getBytes(UTF_8));
        assertEquals(
                "cannot download %s: what came has the digest %s, not %s (if the file is meant to have changed, change `digest`)"
                        .formatted(server.url("/a"), digest("evil"), digest("good")),
                reason(get("/a", digest("good"), "")));
        expectEmpty();
    }

    @Test
    void aTransferThatStopsShortLeavesNothing() throws IOException {
        server.serveCut("/a", "hel".getBytes(UTF_8), 5);
        assertEquals(
                "cannot download " + server.url("/a") + ": it ended too early, after 3 of 5 bytes",
                reason(get("/a", digest("hello"), "")));
        expectEmpty();
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        server.serveHeld("/a", "hel".getBytes(UTF_8));
        assertEquals(
                "cannot download " + server.url("/a") + ": no answer for 1 s (`timeout`)",
                reason(get("/a", digest("hello"), ", timeout: 1")));
        expectEmpty();
    }

    @Test
    void anEngineThatIsClosedStopsADownload() throws IOException {
        server.serveHeld("/a", "hel".getBytes(UTF_8));
        tester.submit(graph(server.url("/a"), digest("hello"), ", timeout: 600"));
        server.awaitHeld();
        long start = System.nanoTime();
        tester.close();
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(20).toNanos());
        expectEmpty();
    }

    @Test
    void whatIsNotThereIsAnError() throws IOException {
        assertEquals(
                "cannot download " + server.url("/a") + "?…: the server answered 404 Not Found",
                reason(get("/a?token=secret", digest("hello"), "")));
        expectEmpty();
    }

    @Test
    void aServerThatDoesNotListenIsAnError() {
        String url = server.url("/a");
        server.close();
        assertEquals(
                "cannot download " + url + ": Connection refused",
                reason(tester.converge(graph(url, digest("hello"), ""))));
    }

    @Test
    void redirectsAreFollowed() throws IOException {
        server.serve("/a", "hello".getBytes(UTF_8));
        server.redirect("/b", "a");
        server.redirect("/c", server.url("/b"));
        get("/c", digest("hello"), "");
        assertEquals("hello", content());
    }

    /** With nothing written before: its echo may be heard late, and be one more attempt. */
    @Test
    void redirectsAreNotFollowedForEver() {
        server.redirect("/loop", "/loop");
        assertEquals(
                "cannot download " + server.url("/loop") + ": more than 10 redirects",
                reason(get("/loop", digest("other"), "")));
        assertEquals(11, server.asked("/loop"));
    }

    @Test
    void noRedirectLeadsAwayFromTheWeb() throws IOException {
        server.redirect("/a", "file:///etc/passwd");
        assertEquals(
                "cannot download "
                        + server.url("/a")
                        + ": redirected to what is not an address of a web server",
                reason(get("/a", digest("hello"), "")));
        expectEmpty();
    }

    @Test
    void headersAreSentToTheServerThatIsNamedAndToNoOther() throws IOException {
        try (WebServer other = WebServer.plain()) {
            other.serve("/a", "hello".getBytes(UTF_8));
            server.redirect("/a", other.url("/a"));
            get("/a", digest("hello"), ", headers: {Authorization: Basic xyz}");
            assertEquals("hello", content());
            assertEquals("Basic xyz", server.header("/a", "Authorization"));
            assertNull(other.header("/a", "Authorization"));
        }
    }

    @Test
    void aDirectoryIsNotReplacedAndAMissingOneNotMade() throws IOException {
        Files.createDirectory(dir.resolve("got"));
        assertEquals(
                dir + "/got is not a regular file (remove it, or choose another `path`)",
                reason(get("/a", digest("hello"), "")));
        assertEquals(
                "the directory of " + dir + "/x/y does not exist (add a resource for it)",
                reason(get("/a", digest("hello"), ", path: " + dir + "/x/y")));
        assertFalse(Files.exists(dir.resolve("x")));
    }
}
