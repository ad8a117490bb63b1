package dev.mgmt.tunnel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.config.ClientProgram.Voice;
import dev.mgmt.tunnel.config.HostConfig.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The machine's own client, asked about files that the test wrote. */
@Timeout(60)
class ClientResolverIT {
    @TempDir private Path directory = Path.of("");

    private static ClientProgram client() {
        return ClientProgram.onPath(System.getenv().getOrDefault("PATH", ""))
                .orElseThrow(
                        () -> new AssertionError("no ssh on this machine: install openssh-client"));
    }

    private ClientResolver resolver(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("config"), text);
        return new ClientResolver(
                client(),
                new ConfigFile.Named(file),
                Recordings.OFFER,
                Set.of(),
                System.getenv()::get);
    }

    private HostConfig resolved(String text, HostQuery query) throws Exception {
        return switch (resolver(text).resolve(query)) {
            case Resolution.Resolved(HostConfig config) -> config;
            case Resolution.Unusable(List<ConfigProblem> problems) ->
                    throw new AssertionError(problems);
        };
    }

    private ConfigProblem problem(String text, String host) throws Exception {
        return assertInstanceOf(
                        Resolution.Unusable.class, resolver(text).resolve(HostQuery.of(host)))
                .problems()
                .getFirst();
    }

    @Test
    void includedFilesAndMatchBlocksHold() throws Exception {
        Path included =
                Files.writeString(
                        directory.resolve("more"),
                        """
                        Host web*
                          HostKeyAlias web-alias
                        Match host web1 user bob
                          Port 99
                        Match host web1 exec "test %n = web1"
                          ConnectTimeout 3
                        """);
        String text = "Include " + included + "\nHost *\n  User bob\n";

        HostConfig named =
                resolved(
                        text,
                        new HostQuery(
                                "web1", Optional.empty(), Optional.of("bob"), Optional.empty()));
        assertEquals(99, named.port());
        assertEquals(Optional.of("web-alias"), named.trust().alias());
        assertEquals(Optional.of(Duration.ofSeconds(3)), named.connectTimeout());
        HostConfig other = resolved(text, HostQuery.of("db1"));
        assertEquals(22, other.port());
        assertEquals("bob", other.user());
        assertEquals(Optional.empty(), other.connectTimeout());
    }

    @Test
    void whatIsSaidBeforehandComesFirst() throws Exception {
        HostConfig config =
                resolved(
                        "Host *\n  User bob\n  Port 1\n",
                        new HostQuery("x", Optional.of(2), Optional.of("me"), Optional.empty()));
        assertEquals(2, config.port());
        assertEquals("me", config.user());
    }

    @Test
    void everyJumpHostIsLookedUpItself() throws Exception {
        String text =
                """
                Host web
                  ProxyJump gw2,alice@gw3:2203
                Host gw1
                  HostName 192.0.2.1
                Host gw2
                  HostName 192.0.2.2
                  ProxyJump gw1
                Host gw3
                  HostName 192.0.2.3
                  User nobody
                  IdentityFile /keys/gw3
                  ProxyCommand false
                """;
        HostConfig gw3 = jump(resolved(text, HostQuery.of("web")));
        assertEquals("192.0.2.3", gw3.address());
        assertEquals("alice", gw3.user());
        assertEquals(2203, gw3.port());
        assertEquals(List.of(Path.of("/keys/gw3")), gw3.keys().files());
        HostConfig gw2 = jump(gw3);
        assertEquals("192.0.2.2", gw2.address());
        HostConfig gw1 = jump(gw2);
        assertEquals("192.0.2.1", gw1.address());
        assertInstanceOf(Way.Direct.class, gw1.way());
    }

    private static HostConfig jump(HostConfig config) {
        return assertInstanceOf(Way.Jump.class, config.way()).host();
    }

    @Test
    void circlesOfJumpHostsAreAnError() throws Exception {
        for (String text :
                List.of(
                        "Host *\n  ProxyJump gw\n",
                        "Host web\n  ProxyJump a\nHost a\n  ProxyJump b\nHost b\n  ProxyJump a\n",
                        "Host *\n  ProxyJump x-%h\n")) {
            ConfigProblem problem = problem(text, "web");
            assertEquals("its ProxyJump leads in a circle", problem.what(), text);
        }
    }

    @Test
    void jumpHostWhoseConfigurationCannotBeHonouredIsNamed() throws Exception {
        ConfigProblem problem =
                problem("Host web\n  ProxyJump gw\nHost gw\n  VerifyHostKeyDNS yes\n", "web");
        assertEquals("gw", problem.host());
        assertTrue(problem.what().contains("VerifyHostKeyDNS"), problem::what);
    }

    @Test
    void whatAFileTurnsOffIsOff() throws Exception {
        HostConfig config =
                resolved(
                        "Host a\n  ProxyCommand none\n  ProxyJump none\nHost *\n  ProxyJump gw\n",
                        HostQuery.of("a"));
        assertInstanceOf(Way.Direct.class, config.way());
    }

    @Test
    void fileThatTheClientRefusesIsRefusedInItsWords() throws Exception {
        ConfigProblem problem = problem("Host *\n  NoSuchOption yes\n", "web");
        assertTrue(problem.what().contains("Bad configuration option"), problem::what);
        assertTrue(problem.what().contains("line 2"), problem::what);
    }

    @Test
    void clientThatHangsIsEndedWithWhatItStarted() throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("slow"), "Match exec \"sleep 4712; true\"\n  Port 1\n");
        ClientProgram client = new ClientProgram(program(), Duration.ofMillis(700));
        ClientResolver resolver =
                new ClientResolver(
                        client,
                        new ConfigFile.Named(file),
                        Recordings.OFFER,
                        Set.of(),
                        System.getenv()::get);
        Resolution.Unusable unusable =
                assertInstanceOf(Resolution.Unusable.class, resolver.resolve(HostQuery.of("web")));
        assertTrue(
                unusable.problems().getFirst().what().contains("has not answered within"),
                () -> unusable.problems().toString());
        // They are told to end; the kernel takes its time.
        while (ProcessHandle.current()
                .descendants()
                .anyMatch(each -> each.info().commandLine().orElse("").contains("4712"))) {
            Thread.sleep(10);
        }
    }

    @Test
    void whatACommandLeavesBehindIsNotWaitedFor() throws Exception {
        Path pid = directory.resolve("pid");
        try {
            HostConfig config =
                    resolved(
                            "Match exec \"sleep 4713 & echo $! >" + pid + "\"\n  Port 1\n",
                            HostQuery.of("web"));
            assertEquals(1, config.port());
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void manyHostsAreAskedAboutSideBySideAndNobodyIsLeft() throws Exception {
        ClientResolver resolver = resolver("Host *\n  User bob\n");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Resolution>> questions =
                    IntStream.range(0, 100)
                            .<Callable<Resolution>>mapToObj(
                                    i -> () -> resolver.resolve(HostQuery.of("h" + i)))
                            .toList();
            for (var answer : threads.invokeAll(questions)) {
                assertInstanceOf(Resolution.Resolved.class, answer.get());
            }
        }
        assertEquals(0, ProcessHandle.current().children().count());
    }

    /** A client that keeps a list of what it was asked. */
    private ClientProgram counting(Path list) throws IOException {
        Path script = directory.resolve("ssh");
        Files.writeString(
                script,
                "#!/bin/sh\necho \"$*\" >>'%s'\nexec %s \"$@\"\n".formatted(list, program()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ClientProgram(script, Duration.ofSeconds(20));
    }

    private List<String> asked(String text, int hosts) throws Exception {
        Path list = Files.writeString(directory.resolve("asked"), "");
        Path file = Files.writeString(directory.resolve("config"), text);
        ClientResolver resolver =
                new ClientResolver(
                        counting(list),
                        new ConfigFile.Named(file),
                        Recordings.OFFER,
                        Set.of(),
                        System.getenv()::get);
        for (int i = 0; i < hosts; i++) {
            HostQuery query =
                    new HostQuery(
                            "h" + i, Optional.of(100 + i), Optional.empty(), Optional.empty());
            HostConfig config =
                    assertInstanceOf(Resolution.Resolved.class, resolver.resolve(query)).config();
            assertEquals("h" + i, config.address());
            assertEquals(100 + i, config.port());
        }
        return Files.readAllLines(list);
    }

    @Test
    void hostsBetweenWhichTheFilesMakeNoDifferenceAreAskedAboutOnce() throws Exception {
        Path more = Files.writeString(directory.resolve("more"), "Host *\n  User bob\n");
        assertEquals(2, asked("Include " + more + "\nMatch all\n  Port 7\n", 20).size());
        Files.writeString(more, "Host h7\n  User bob\n");
        assertEquals(21, asked("Include " + more + "\nMatch all\n  Port 7\n", 20).size());
    }

    @Test
    void anAnswerThatIsSharedIsTheClientsOwn() throws Exception {
        List<HostQuery> queries =
                List.of(
                        new HostQuery("a", Optional.empty(), Optional.empty(), Optional.empty()),
                        new HostQuery("b.c", Optional.empty(), Optional.empty(), Optional.empty()),
                        new HostQuery("d", Optional.of(5), Optional.of("u"), Optional.empty()),
                        new HostQuery(
                                "192.0.2.7", Optional.of(6), Optional.of("v"), Optional.empty()),
                        new HostQuery("e", Optional.empty(), Optional.empty(), Optional.of("gw")),
                        new HostQuery("f", Optional.empty(), Optional.empty(), Optional.of("gw")));
        ClientProgram client = client();
        for (String text :
                List.of(
                        "",
                        "Port 8\n",
                        "User bob\nHost *\n  IdentityFile ~/.ssh/x\n  HashKnownHosts yes\n",
                        "Match all\n  ServerAliveInterval 3\nHost=*\n  ProxyJump gw\n")) {
            ConfigFile file =
                    new ConfigFile.Named(Files.writeString(directory.resolve("config"), text));
            for (int i = 0; i < queries.size(); i += 2) {
                ClientProgram.Reply.Answered first =
                        assertInstanceOf(
                                ClientProgram.Reply.Answered.class,
                                client.ask(file, queries.get(i), Voice.ALOUD));
                assertTrue(Likeness.isShown(first.said()), () -> first.said().toString());
                ClientProgram.Reply.Answered own =
                        assertInstanceOf(
                                ClientProgram.Reply.Answered.class,
                                client.ask(file, queries.get(i + 1), Voice.QUIET));
                ClientAnswer shared = Likeness.of(queries.get(i + 1), first.answer());
                assertEquals(own.answer().options(), shared.options(), text);
                Set<String> options = new HashSet<>(own.answer().options());
                // Of what asks, which is another one to be told more.
                options.remove("loglevel");
                for (String option : options) {
                    assertEquals(own.answer().all(option), shared.all(option), option);
                }
            }
        }
    }

    private static Path program() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .map(place -> Path.of(place, "ssh"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no ssh on this machine: install openssh-client"));
    }

    @Test
    void machineWithoutAClientHasNone() {
        assertEquals(Optional.empty(), ClientProgram.onPath(directory.toString()));
    }
}
