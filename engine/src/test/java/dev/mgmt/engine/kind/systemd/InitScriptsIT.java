package dev.mgmt.engine.kind.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.driver.Keeper.Watch;
import dev.mgmt.engine.driver.Keeper.WatchListener;
import dev.mgmt.engine.kind.systemd.SvcResource.Scope;
import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.os.Machine;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts without systemd, played by scripts: a service runs if there is a file of its name. */
class InitScriptsIT {
    private static final String INIT_SCRIPT =
            """
            #!/bin/sh
            echo "$1" >>ROOT/log
            case $1 in
            start | restart) [ ! -e ROOT/broken ] || { echo out of memory >&2; exit 1; }; : >ROOT/runs ;;
            stop) rm ROOT/runs ;;
            reload) [ -e ROOT/can-reload ] ;;
            status) [ -e ROOT/runs ] || exit 3 ;;
            esac
            """;

    @TempDir private Path root;

    @BeforeEach
    void install() {
        script("etc/init.d/web", INIT_SCRIPT);
    }

    private void script(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.replace("ROOT", root.toString()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void systemV() {
        script("usr/sbin/service", "#!/bin/sh\nexec ROOT/etc/init.d/$1 $2\n");
        script(
                "usr/sbin/update-rc.d",
                """
                #!/bin/sh
                mkdir -p ROOT/etc/rc3.d && cd ROOT/etc/rc3.d || exit 1
                case $2 in
                defaults) [ -e K01$1 ] || : >S01$1 ;;
                enable) [ ! -e K01$1 ] || mv K01$1 S01$1 ;;
                disable) mv S01$1 K01$1 ;;
                esac
                """);
    }

    private void openRc() {
        script("sbin/rc-service", "#!/bin/sh\nexec ROOT/etc/init.d/$1 $2\n");
        script(
                "sbin/rc-update",
                """
                #!/bin/sh
                mkdir -p ROOT/etc/runlevels/default && cd ROOT/etc/runlevels/default || exit 1
                case $1 in
                add) ln -s /etc/init.d/$2 $2 ;;
                --all) rm $3 ;;
                esac
                """);
    }

    private Machine machine() {
        return new Machine(root, List.of());
    }

    private EngineStatus converge(String fields) {
        try (GraphTester tester = SystemdGraphs.open(EngineOptions.of("h1"), machine())) {
            return tester.converge(graph(fields));
        }
    }

    private static String graph(String fields) {
        return "graph: g\nresources:\n  svc:\n  - {" + fields + "}\n";
    }

    private boolean exists(String path) {
        return Files.exists(root.resolve(path), java.nio.file.LinkOption.NOFOLLOW_LINKS);
    }

    private void isStartedEnabledStoppedAndDisabled(String link) {
        EngineStatus status = converge("name: web, state: running, startup: enabled");
        assertEquals(List.of(), status.failures());
        assertTrue(exists("runs") && exists(link));
        assertEquals(0, converge("name: web, state: running, startup: enabled").counts().changed());
        status = converge("name: web.service, state: stopped, startup: disabled");
        assertEquals(List.of(), status.failures());
        assertTrue(!exists("runs") && !exists(link));
        assertEquals(
                0, converge("name: web, state: stopped, startup: disabled").counts().changed());
    }

    @Test
    void serviceOfSystemVIsManaged() {
        systemV();
        isStartedEnabledStoppedAndDisabled("etc/rc3.d/S01web");
    }

    @Test
    void serviceOfOpenRcIsManaged() {
        openRc();
        isStartedEnabledStoppedAndDisabled("etc/runlevels/default/web");
    }

    @Test
    void scriptThatFailsOrIsMissingSaysWhy() throws IOException {
        systemV();
        Files.createFile(root.resolve("broken"));
        assertEquals(
                "could not start web: its script ended with exit code 1: out of memory",
                converge("name: web, state: running").failures().getFirst().reason());
        assertTrue(
                converge("name: nowhere, state: running")
                        .failures()
                        .getFirst()
                        .reason()
                        .startsWith("there is no service nowhere on this host"));
        assertEquals(List.of(), converge("name: nowhere, state: stopped").failures());
    }

    @Test
    void hostWithoutAnyOfThemSaysSo() {
        assertTrue(
                converge("name: web, state: running")
                        .failures()
                        .getFirst()
                        .reason()
                        .contains("neither systemd nor OpenRC"));
        assertTrue(
                converge("name: web, state: running, session: true")
                        .failures()
                        .getFirst()
                        .reason()
                        .contains("cannot connect to the bus of this user's session"));
    }

    @Test
    void underNoopNothingIsStarted() {
        systemV();
        try (GraphTester tester =
                SystemdGraphs.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), machine())) {
            EngineStatus status =
                    tester.converge(graph("name: web, state: running, startup: enabled"));
            assertEquals(1, status.counts().wouldChange());
        }
        assertTrue(!exists("runs") && !exists("etc/rc3.d"));
    }

    private ScriptKeeper keeper(Duration betweenLooks) {
        SvcResource resource =
                new SvcResource(
                        new ResourceId("svc", "web"),
                        Meta.NONE,
                        "web.service",
                        Optional.of(State.RUNNING),
                        Optional.empty(),
                        Scope.HOST);
        return new ScriptKeeper(resource, InitScripts.of(machine()).orElseThrow(), betweenLooks);
    }

    @Test
    void refreshReloadsOrElseRestarts() throws IOException, InterruptedException {
        systemV();
        ScriptKeeper keeper = keeper(Duration.ofHours(1));
        Files.createFile(root.resolve("runs"));
        keeper.run(new Attempt(Enforcement.APPLY, Refresh.PENDING));
        assertEquals("status\nreload\nrestart\n", Files.readString(root.resolve("log")));
        Files.createFile(root.resolve("can-reload"));
        keeper.run(new Attempt(Enforcement.APPLY, Refresh.PENDING));
        assertEquals(
                "status\nreload\nrestart\nstatus\nreload\n", Files.readString(root.resolve("log")));
    }

    @Test
    void lookNowAndThenFindsAServiceThatEnded() throws IOException, InterruptedException {
        systemV();
        Files.createFile(root.resolve("runs"));
        CountDownLatch changed = new CountDownLatch(1);
        Watch watch =
                keeper(Duration.ofMillis(50))
                        .watch(
                                new WatchListener() {
                                    @Override
                                    public void changed() {
                                        changed.countDown();
                                    }

                                    @Override
                                    public void ended(String reason) {
                                        throw new AssertionError(reason);
                                    }
                                });
        assertTrue(!changed.await(300, TimeUnit.MILLISECONDS));
        Files.delete(root.resolve("runs"));
        assertTrue(changed.await(10, TimeUnit.SECONDS));
        watch.close();
    }
}
