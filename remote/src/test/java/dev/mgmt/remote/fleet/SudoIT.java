package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.remote.agent.AgentMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real sudo, on hosts with accounts of their own. */
class SudoIT {
    @TempDir private Path directory;
    private Path told;
    private LoopbackFleet fleet;
    private final FleetTranscript transcript = new FleetTranscript();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void layOut() throws Exception {
        SudoHost.open(directory);
        told = Files.createDirectory(directory.resolve("told"));
        Files.setPosixFilePermissions(told, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path program = Files.createDirectory(directory.resolve("program"));
        String classPath = SudoHost.readableClassPath(program);
        fleet = new LoopbackFleet(directory, AgentMain.class, classPath);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        fleet.close();
        assertEquals(List.of(), LoopbackFleet.leftThreads());
    }

    @Test
    void whereSudoAsksForNothingTheAgentIsRoot() throws Exception {
        try (SudoHost host = host("", "admin ALL=(ALL) NOPASSWD: ALL")) {
            fleet.host("h1", host, "become: sudo", graph());

            assertConverged(fleet.run(fleet.converging(), transcript));

            assertEquals("root /root /var/cache/mgmt", said());
        }
    }

    @Test
    void whereSudoAsksItGetsThePasswordAndNobodyElseSeesIt() throws Exception {
        try (SudoHost host = host("", "Defaults timestamp_timeout=0", "admin ALL=(ALL) ALL")) {
            fleet.host("h1", host, "become: sudo", graph());
            answerWith(SudoHost.PASSWORD);
            Set<String> seen = ConcurrentHashMap.newKeySet();
            try (FleetRun run =
                    fleet.start(
                            fleet.converging(),
                            transcript.andThen(
                                    _ -> host.processes().forEach(it -> look(it, seen))))) {
                assertConverged(run.await());
            }

            assertEquals("root /root /var/cache/mgmt", said());
            assertTrue(asked.get() >= 3, "not once for each command");
            assertTrue(seen.stream().anyMatch(text -> text.contains("sudo")), seen::toString);
            assertEquals(
                    List.of(), seen.stream().filter(t -> t.contains(SudoHost.PASSWORD)).toList());
            assertFalse(transcript.toString().contains(SudoHost.PASSWORD));
            assertFalse(host.log().contains(SudoHost.PASSWORD));
        }
    }

    @Test
    void aWrongPasswordIsTriedOnceAndSaidToBeWrong() throws Exception {
        try (SudoHost host = host("", "admin ALL=(ALL) ALL")) {
            fleet.host("h1", host, "become: sudo", graph());
            answerWith("wrong horse");

            assertRefused("the password was not accepted", "password");
            assertEquals(1, asked.get());
        }
    }

    @Test
    void whereThereIsNoPasswordToGiveTheOptionIsNamed() throws Exception {
        try (SudoHost host = host("", "admin ALL=(ALL) ALL")) {
            fleet.host("h1", host, "become: sudo", graph());

            assertRefused("it asks for a password", "--ask-become-password");
        }
    }

    @Test
    void aSudoThatInsistsOnATerminalIsExplained() throws Exception {
        try (SudoHost host = host("", "Defaults requiretty", "admin ALL=(ALL) NOPASSWD: ALL")) {
            fleet.host("h1", host, "become: sudo", graph());

            assertRefused("requiretty", "!requiretty");
        }
    }

    @Test
    void whoMayNotUseSudoIsTold() throws Exception {
        try (SudoHost host = host("", "root ALL=(ALL) ALL")) {
            fleet.host("h1", host, "become: sudo", graph());
            answerWith(SudoHost.PASSWORD);

            assertRefused("may not use it", "visudo");
        }
    }

    @Test
    void aUserThatIsNotThereIsNamed() throws Exception {
        try (SudoHost host = host("", "admin ALL=(ALL) NOPASSWD: ALL")) {
            fleet.host("h1", host, "become: sudo, become_user: ghost", graph());

            assertRefused("there is no such user", "become_user");
        }
    }

    @Test
    void anotherUserHasTheImageAndTheStateInItsOwnCache() throws Exception {
        try (SudoHost host = host("", "admin ALL=(worker) NOPASSWD: ALL")) {
            fleet.host("h1", host, "become: sudo, become_user: worker", graph());

            assertConverged(fleet.run(fleet.converging(), transcript));

            assertEquals("worker /home/worker /home/worker/.cache/mgmt", said());
        }
    }

    @Test
    void aLoginWithoutAnyRightsWorksInItsOwnCache() throws Exception {
        try (SudoHost host = host("", "root ALL=(ALL) ALL")) {
            fleet.host("h1", host, "become: none", graph());

            assertConverged(fleet.run(fleet.converging(), transcript));

            assertEquals("admin /home/admin /home/admin/.cache/mgmt", said());
        }
    }

    @Test
    void whereItsHomeAllowsNoExecutionItGoesElsewhere() throws Exception {
        String noexec = "mount -t tmpfs -o noexec,uid=2001,mode=700 none /home/admin";
        try (SudoHost host = host(noexec, "root ALL=(ALL) ALL")) {
            fleet.host("h1", host, "become: none", graph());

            assertConverged(fleet.run(fleet.converging(), transcript));

            assertEquals("admin /home/admin /var/tmp/mgmt-2001", said());
        }
    }

    private SudoHost host(String mounts, String... sudoers)
            throws IOException, InterruptedException {
        return SudoHost.start(directory.resolve("host"), mounts, sudoers);
    }

    private void answerWith(String password) {
        fleet.becomePassword(
                () -> {
                    asked.incrementAndGet();
                    return password.toCharArray();
                });
    }

    /** Tells who runs it, and which of the places that may be is the cache. */
    private String graph() {
        return """
        graph: who
        resources:
          exec:
          - name: who
            shell: /bin/sh
            cmd: >-
              for cache in /var/cache/mgmt ~/.cache/mgmt /var/tmp/mgmt-$(id -u); do
              if [ -d $cache/images/d1 ]; then echo $(id -un) $HOME $cache > %s/who; fi; done
        """
                .formatted(told);
    }

    private String said() throws IOException {
        return Files.readString(told.resolve("who")).strip();
    }

    private static void look(ProcessHandle process, Set<String> seen) {
        for (String file : List.of("cmdline", "environ")) {
            try {
                byte[] text = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/" + file));
                seen.add(new String(text, StandardCharsets.UTF_8).replace('\0', ' '));
            } catch (IOException e) {
                // It has just ended.
            }
        }
    }

    private void assertConverged(FleetReport report) {
        assertInstanceOf(
                HostReport.Converged.class, report.hosts().getFirst(), transcript::toString);
    }

    private void assertRefused(String why, String advice) throws IOException, InterruptedException {
        FleetReport report = fleet.run(fleet.converging(), transcript);
        HostFailure failure =
                assertInstanceOf(HostReport.Lost.class, report.hosts().getFirst()).failure();
        assertEquals(HostFailure.Cause.LOGIN_REFUSED, failure.cause(), failure::toString);
        assertTrue(failure.why().contains(why), failure::toString);
        assertTrue(failure.advice().contains(advice), failure::toString);
    }
}
