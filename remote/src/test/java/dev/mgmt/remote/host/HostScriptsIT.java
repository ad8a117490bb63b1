package dev.mgmt.remote.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.remote.image.AgentImage;
import dev.mgmt.remote.image.AgentImages;
import dev.mgmt.remote.image.ImageUpload;
import dev.mgmt.remote.probe.HostFacts;
import dev.mgmt.remote.probe.HostFacts.Fitness;
import dev.mgmt.remote.probe.Probe;
import dev.mgmt.tunnel.exec.RemoteProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts themselves, under every shell of this machine that hosts may have. */
class HostScriptsIT {
    private static final String DIGEST = "d1";
    private static final String AGENT =
            "#!/bin/sh\necho \"agent $1\"\nread -r line\necho \"got $line\"\n";

    @TempDir private Path directory;
    private final Deadlines deadlines = new Deadlines();

    @AfterEach
    void endDeadlines() {
        deadlines.close();
    }

    static List<String> shells() {
        List<String> shells = new ArrayList<>();
        for (String shell : List.of("dash", "bash", "busybox")) {
            for (String place : List.of("/usr/bin/", "/bin/")) {
                if (Files.isExecutable(Path.of(place + shell)) && !shells.contains(shell)) {
                    shells.add(shell);
                }
            }
        }
        return shells;
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aBareHostTellsWhatItIsLike(String shell) throws Exception {
        HostFacts facts = factsOf(tunnel(shell, "a cache"));

        assertEquals("Linux", facts.os());
        assertTrue(facts.tools().containsAll(Set.of("tar", "gzip")), facts::toString);
        assertInstanceOf(HostFacts.Libc.Glibc.class, facts.libc());
        assertEquals(1, facts.caches().size());
        HostFacts.Cache cache = facts.caches().getFirst();
        assertEquals(directory.resolve("a cache").toString(), cache.directory());
        assertEquals(Fitness.EXEC, cache.fitness());
        assertTrue(cache.freeKib() > 0);
        assertFalse(Files.exists(directory.resolve("a cache")), "the probe left something behind");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void anImageThatWasSentIsFoundAndStarted(String shell) throws Exception {
        LocalTunnel tunnel = tunnel(shell, "a cache");
        AgentImages images = images(10_000);
        List<Long> progress = new ArrayList<>();

        upload(tunnel).send(images.all().getFirst(), factsOf(tunnel), (n, all) -> progress.add(n));

        Probe.Answer.Starting starting =
                assertInstanceOf(Probe.Answer.Starting.class, ask(tunnel, DIGEST));
        try (ScriptRun run = starting.run()) {
            assertEquals(Optional.of("agent agent"), run.line());
            run.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));
            run.stdin().flush();
            assertEquals(Optional.of("got hello"), run.line());
            assertEquals(DIGEST, starting.digest());
            Path marker = Path.of(starting.paths().marker(DIGEST, starting.process()));
            assertTrue(Files.exists(marker), marker::toString);
            assertTrue(Files.isDirectory(Path.of(starting.paths().image(DIGEST))));
        }
        assertEquals(
                Files.size(images.all().getFirst().archives().get(AgentImage.Compression.GZIP)),
                progress.getLast());
        assertEquals(List.of(DIGEST), names(directory.resolve("a cache/images")));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aTransferThatBreaksOffLeavesNothing(String shell) throws Exception {
        LocalTunnel tunnel = tunnel(shell, "cache");
        byte[] archive = Files.readAllBytes(gzip(images(200_000)));

        String answer = install(tunnel, Arrays.copyOf(archive, archive.length / 2));

        assertTrue(answer.contains("mgmt n1 failed"), answer);
        assertEquals(List.of(), names(directory.resolve("cache/images")));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void ofTwoThatInstallTheSameImageBothAreContent(String shell) throws Exception {
        LocalTunnel tunnel = tunnel(shell, "cache");
        byte[] archive = Files.readAllBytes(gzip(images(1000)));

        assertTrue(install(tunnel, archive).contains("mgmt n1 installed"));
        assertTrue(install(tunnel, archive).contains("mgmt n1 installed"));
        assertEquals(List.of(DIGEST), names(directory.resolve("cache/images")));
        assertEquals(
                List.of(".complete", "ballast", "bin"),
                names(directory.resolve("cache/images/" + DIGEST)));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theNewestThreeImagesStayAndAnyThatRuns(String shell) throws Exception {
        LocalTunnel tunnel = tunnel(shell, "cache");
        Path cache = directory.resolve("cache");
        for (int i = 1; i <= 5; i++) {
            Path old = Files.createDirectories(cache.resolve("images/old" + i));
            Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000L * i));
        }
        Files.createDirectories(cache.resolve("running"));
        Files.createFile(cache.resolve("running/old1." + ProcessHandle.current().pid()));
        Files.createFile(cache.resolve("running/old2.99999999"));
        TestImage.run(cache, "chmod", "-R", "go-w", ".");

        String answer = install(tunnel, Files.readAllBytes(gzip(images(1000))));

        assertTrue(answer.contains("mgmt n1 installed"), answer);
        assertEquals(List.of(DIGEST, "old1", "old4", "old5"), names(cache.resolve("images")));
    }

    @Test
    void aCacheThatOthersMayWriteIsNotTrusted() throws Exception {
        LocalTunnel tunnel = tunnel("dash", "cache");
        Path cache = Files.createDirectory(directory.resolve("cache"));
        TestImage.run(cache, "chmod", "777", ".");

        assertEquals(Fitness.UNUSABLE, factsOf(tunnel).caches().getFirst().fitness());
    }

    @Test
    void aCacheThatIsALinkIsNotTrusted() throws Exception {
        LocalTunnel tunnel = tunnel("dash", "cache");
        Files.createSymbolicLink(
                directory.resolve("cache"), Files.createDirectory(directory.resolve("elsewhere")));

        assertEquals(Fitness.UNUSABLE, factsOf(tunnel).caches().getFirst().fitness());
    }

    @Test
    void aLoginShellsNoiseIsPassedOver() throws Exception {
        Path shell = directory.resolve("noisy");
        Files.writeString(shell, "#!/bin/sh\necho Welcome\nprintf 'no line end'\nexec sh \"$@\"\n");
        TestImage.run(directory, "chmod", "755", "noisy");

        assertEquals("Linux", factsOf(new LocalTunnel(shell.toString(), cacheAt("c"))).os());
    }

    @Test
    void aLoginThatRunsNothingIsReportedWithWhatItSaid() throws Exception {
        Path shell = directory.resolve("nologin");
        Files.writeString(shell, "#!/bin/sh\necho This account is not available.\nexit 1\n");
        TestImage.run(directory, "chmod", "755", "nologin");

        HostException refused =
                assertThrows(
                        HostException.CannotTakeAgent.class,
                        () -> ask(new LocalTunnel(shell.toString(), Map.of()), DIGEST));

        assertTrue(refused.why().contains("not available"), refused::why);
        assertTrue(refused.why().contains("status 1"), refused::why);
    }

    @Test
    void aHostThatSaysNothingIsGivenUp() throws Exception {
        Path shell = directory.resolve("silent");
        Files.writeString(shell, "#!/bin/sh\nexec sleep 60\n");
        TestImage.run(directory, "chmod", "755", "silent");
        Probe.Question question = question(Duration.ofMillis(200), DIGEST);

        assertThrows(
                HostException.Vanished.class,
                () -> Probe.ask(new LocalTunnel(shell.toString(), Map.of()), question));
    }

    @Test
    void anImageThatIsTooBigForTheHostIsNotEvenSent() throws Exception {
        LocalTunnel tunnel = tunnel("dash", "cache");
        AgentImage image = images(1000).all().getFirst();
        AgentImage huge =
                new AgentImage(DIGEST, image.platform(), image.glibc(), image.archives(), 1L << 60);

        HostException refused =
                assertThrows(
                        HostException.CannotTakeAgent.class,
                        () -> upload(tunnel).send(huge, factsOf(tunnel), (sent, total) -> {}));

        assertTrue(refused.why().contains("MiB free and the image needs"), refused::why);
        assertFalse(Files.exists(directory.resolve("cache")));
    }

    @Test
    void aDiskThatFillsUpOnTheWayIsSaidToBeFullAndLeftAsItWas() throws Exception {
        LocalTunnel tunnel = tunnel("dash", "cache");
        Path cache = Files.createDirectory(directory.resolve("cache"));
        TestImage.run(
                directory, "mount", "-t", "tmpfs", "-o", "size=300k,mode=700", "none", "cache");
        try {
            AgentImage image = images(2_000_000).all().getFirst();
            AgentImage understated =
                    new AgentImage(DIGEST, image.platform(), image.glibc(), image.archives(), 1);

            HostException refused =
                    assertThrows(
                            HostException.CannotTakeAgent.class,
                            () ->
                                    upload(tunnel)
                                            .send(
                                                    understated,
                                                    factsOf(tunnel),
                                                    (sent, total) -> {}));

            assertTrue(refused.why().contains("free and the image needs"), refused::why);
            assertEquals(List.of(), names(cache.resolve("images")));
        } finally {
            TestImage.run(directory, "umount", "cache");
        }
    }

    @Test
    void aRemovedImageIsGoneWithItsCacheUnlessItRuns() throws Exception {
        LocalTunnel tunnel = tunnel("dash", "cache");
        Path cache = directory.resolve("cache");
        install(tunnel, Files.readAllBytes(gzip(images(1000))));
        Path marker = cache.resolve("running/" + DIGEST + "." + ProcessHandle.current().pid());
        Files.createFile(marker);
        Path state = Files.createDirectories(Path.of(new HostPaths("" + cache).state("h1")));
        Files.createFile(state.resolve("refreshes.lock"));

        assertTrue(remove(tunnel).contains("mgmt n1 kept"));
        assertTrue(Files.exists(cache.resolve("images/" + DIGEST)));
        Files.delete(marker);

        assertTrue(remove(tunnel).contains("mgmt n1 removed"));
        assertFalse(Files.exists(cache));
    }

    private String install(LocalTunnel tunnel, byte[] archive) throws Exception {
        List<String> words = List.of(DIGEST, directory.resolve("cache").toString(), "gzip");
        return output(tunnel, HostScript.INSTALL, words, archive);
    }

    private String remove(LocalTunnel tunnel) throws Exception {
        List<String> words = List.of(DIGEST, directory.resolve("cache").toString());
        return output(tunnel, HostScript.REMOVE, words, new byte[0]);
    }

    private static String output(
            LocalTunnel tunnel, HostScript script, List<String> words, byte[] input)
            throws Exception {
        HostCall call = new HostCall(script, Rights.LOGIN, "n1", words);
        try (RemoteProcess process = tunnel.start(call.command())) {
            process.stdin().write(input);
            process.stdin().close();
            return new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private LocalTunnel tunnel(String shell, String cache) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("shells-" + shell));
        Path copy = bin.resolve("sh");
        if (!Files.exists(copy)) {
            Path place = Path.of("/usr/bin/" + shell);
            Files.copy(
                    Files.exists(place) ? place : Path.of("/bin/" + shell),
                    copy,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Map<String, String> environment = new HashMap<>(cacheAt(cache));
        environment.put("PATH", bin + ":/usr/sbin:/usr/bin:/sbin:/bin");
        return new LocalTunnel(copy.toString(), environment);
    }

    private Map<String, String> cacheAt(String cache) {
        return Map.of("MGMT_CACHE", directory.resolve(cache).toString());
    }

    private AgentImages images(int ballast) throws Exception {
        return TestImage.in(directory.resolve("home"), DIGEST, AGENT, ballast);
    }

    private static Path gzip(AgentImages images) {
        return Objects.requireNonNull(
                images.all().getFirst().archives().get(AgentImage.Compression.GZIP));
    }

    private ImageUpload upload(LocalTunnel tunnel) {
        return new ImageUpload(
                tunnel,
                Rights.LOGIN,
                "n1",
                new ScriptRun.Patience(deadlines, Duration.ofSeconds(20)));
    }

    private HostFacts factsOf(LocalTunnel tunnel) throws Exception {
        return assertInstanceOf(Probe.Answer.Facts.class, ask(tunnel, DIGEST)).facts();
    }

    private Probe.Answer ask(LocalTunnel tunnel, String... digests) throws Exception {
        return Probe.ask(tunnel, question(Duration.ofSeconds(20), digests));
    }

    private Probe.Question question(Duration patience, String... digests) {
        return new Probe.Question(
                Rights.LOGIN,
                "n1",
                List.of(digests),
                new ScriptRun.Patience(deadlines, patience),
                line -> false);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }
}
