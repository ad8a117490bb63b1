package dev.mgmt.engine.kind.pkg;

import static dev.mgmt.engine.kind.pkg.PkgRig.installed;
import static dev.mgmt.engine.kind.pkg.PkgRig.newest;
import static dev.mgmt.engine.kind.pkg.PkgRig.shown;
import static dev.mgmt.engine.kind.pkg.PkgRig.uninstalled;
import static dev.mgmt.engine.kind.pkg.PkgRig.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.kind.pkg.AptHost.Deb;
import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several packages in one call of the real apt. */
class AptTransactionIT {
    private static final String UNTIL_TOLD = "while [ ! -e /srv/go/on ]; do sleep 0.05; done";

    @TempDir private Path dir;
    private AptHost host;
    private PkgRig rig;

    @BeforeEach
    void open() throws IOException {
        host = AptHost.start(dir);
        rig = PkgRig.on(host.root());
    }

    @AfterEach
    void close() {
        rig.close();
        host.close();
    }

    private List<String> apply(PkgResource... resources) throws IOException, InterruptedException {
        return shown(rig.apply(resources));
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited in vain for " + what);
            Thread.sleep(5);
        }
    }

    @Test
    void threePackagesAreInstalledInOneTransaction() throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0"))
                .publish(Deb.of("plum", "2.0").with("Depends: quince"))
                .publish(Deb.of("quince", "3.0"));
        assertEquals(
                List.of("did install pear 1.0", "did install plum 2.0", "did install quince 3.0"),
                apply(installed("pear"), installed("plum"), version("quince", "3.0")));
        assertEquals(1, host.history().size());
        assertTrue(host.history().getFirst().endsWith(" install pear plum quince=3.0"));
        long runs =
                Files.readAllLines(host.at("/var/log/dpkg.log")).stream()
                        .filter(line -> line.endsWith(" startup archives unpack"))
                        .count();
        assertEquals(1, runs, "dpkg unpacked in one go");
    }

    @Test
    void installationsRemovalsAndVersionsAreOneTransaction()
            throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0"))
                .publish(Deb.of("plum", "2.0"))
                .publish(Deb.of("quince", "3.0"));
        apply(installed("pear"), installed("plum"));
        host.publish(Deb.of("plum", "2.1")).out("apt-get", "-q", "update");
        assertEquals(
                List.of(
                        "did remove pear 1.0",
                        "did upgrade plum 2.0 → 2.1",
                        "did install quince 3.0"),
                apply(uninstalled("pear"), newest("plum"), installed("quince")));
        assertEquals(2, host.history().size());
        assertEquals(
                List.of("good", "good", "good"),
                apply(uninstalled("pear"), newest("plum"), installed("quince")));
        assertEquals(2, host.history().size());
    }

    @Test
    void anUnknownPackageFailsAlone() throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0")).publish(Deb.of("plum", "2.0"));
        assertEquals(
                List.of(
                        "did install pear 1.0",
                        "failed: the package manager's lists know no package nosuch",
                        "did install plum 2.0"),
                apply(installed("pear"), installed("nosuch"), installed("plum")));
        assertEquals(1, host.history().size());
        assertEquals(List.of("refreshing the lists of apt"), rig.said());
    }

    @Test
    void aPackageWhoseDependenciesAreMissingFailsAlone() throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0")).publish(Deb.of("lost", "1.0").with("Depends: nowhere"));
        assertEquals(
                List.of(
                        "failed: apt: lost : Depends: nowhere but it is not installable",
                        "did install pear 1.0"),
                apply(installed("lost"), installed("pear")));
    }

    @Test
    void aPackageWhoseScriptFailsFailsAlone() throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0")).publish(Deb.of("bad", "1.0").running("exit 3"));
        List<String> outcomes = apply(installed("bad"), installed("pear"));
        assertTrue(
                outcomes.getFirst().startsWith("failed: apt: dpkg: error processing package bad"),
                outcomes.getFirst());
        assertEquals("did install pear 1.0", outcomes.getLast());
        assertEquals(
                List.of("would finish the installation of bad 1.0"),
                shown(rig.run(PkgRig.CHECK, installed("bad"))));
    }

    @Test
    void aHalfInstalledPackageIsFinished() throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0").running("test -e /srv/go/on"));
        assertTrue(apply(installed("pear")).getFirst().startsWith("failed: "));
        host.write("/srv/go/on", "");
        assertEquals(List.of("did finish the installation of pear 1.0"), apply(installed("pear")));
        assertEquals("1.0", host.installed("pear"));
    }

    @Test
    void aNamelessProvisionIsNoPackage() throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0").with("Provides: fruit"));
        assertEquals(
                List.of(
                        "failed: fruit has no version that could be installed (it may be a name that"
                                + " other packages provide: name one of them)"),
                apply(installed("fruit")));
    }

    @Test
    void anArchiveThatHasGoneOnIsLookedUpAgain() throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0"));
        host.out("apt-get", "-q", "update");
        Files.delete(host.at("/srv/repo/pear_1.0.deb"));
        host.forget("main").publish(Deb.of("pear", "1.1"));
        List<String> outcomes = apply(installed("pear"));
        assertEquals("1.1", host.installed("pear"), outcomes.toString());
        assertTrue(outcomes.getFirst().startsWith("did install pear"), outcomes.toString());
    }

    @Test
    void oldListsAreRefreshedForTheNewestVersionAndNotAgainAtOnce()
            throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0"));
        apply(installed("pear"));
        host.publish(Deb.of("pear", "1.1"));
        assertEquals(List.of("good"), apply(newest("pear")));
        Instant tomorrow = Instant.now().plus(Duration.ofHours(25));
        try (PkgRig later = PkgRig.on(new ToolHost(host.root()), () -> tomorrow)) {
            assertEquals(List.of("good"), shown(later.run(PkgRig.CHECK, newest("pear"))));
            assertEquals(List.of("did upgrade pear 1.0 → 1.1"), shown(later.apply(newest("pear"))));
            assertEquals(List.of("good"), shown(later.apply(newest("pear"))));
            assertEquals(List.of("refreshing the lists of apt"), later.said());
        }
    }

    @Test
    void anArchiveThatCannotBeReachedFailsWhatNeedsItAndSaysWhy()
            throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0"));
        apply(installed("pear"));
        host.write("/etc/apt/sources.list", "deb [trusted=yes] http://127.0.0.1:9 stable main\n");
        List<String> outcomes = apply(uninstalled("pear"), installed("plum"));
        assertEquals("did remove pear 1.0", outcomes.getFirst());
        assertTrue(
                outcomes.getLast()
                        .startsWith(
                                "failed: the package manager's lists know no package plum; its"
                                        + " lists could not be refreshed: W: Failed to fetch"
                                        + " http://127.0.0.1:9/dists/stable/InRelease"),
                outcomes.getLast());
    }

    @Test
    void listsThatCannotBeReadFailWhatNeedsThem() throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0"));
        apply(installed("pear"));
        host.write("/etc/apt/sources.list", "nonsense\n");
        List<String> outcomes = apply(installed("pear"), installed("plum"));
        assertEquals("good", outcomes.getFirst());
        assertTrue(
                outcomes.getLast()
                        .startsWith(
                                "failed: the lists of apt cannot be read: apt-cache ended with exit"
                                        + " code 100: E: "),
                outcomes.getLast());
    }

    @Test
    void onlyThoseThatAllowTheSameAreAppliedTogether() {
        Object plain = rig.driver().groupKey(installed("pear")).orElseThrow();
        assertEquals(plain, rig.driver().groupKey(uninstalled("plum")).orElseThrow());
        assertNotEquals(
                plain, rig.driver().groupKey(installed("pear", Allow.UNTRUSTED)).orElseThrow());
    }

    @Test
    void aPackageTellsItsFiles() throws IOException, InterruptedException {
        host.publish(Deb.of("pear", "1.0"));
        assertEquals(Set.of(), rig.packages().of("pear"));
        apply(installed("pear"));
        Set<Path> files = rig.packages().of("pear");
        assertTrue(files.contains(Path.of("/usr/share/pear/version")), files.toString());
        assertTrue(files.contains(Path.of("/etc/pear/conf")), files.toString());
        assertEquals(Set.of(), rig.packages().of("nosuch"));
    }

    @Test
    void whoeverWaitsForTheLockCanBeInterrupted() throws IOException, InterruptedException {
        host.publish(Deb.of("slow", "1.0").running(UNTIL_TOLD)).publish(Deb.of("pear", "1.0"));
        host.out("apt-get", "-q", "update");
        Process other = host.start("apt-get", "-q", "-y", "install", "slow");
        await("the lock", () -> Files.exists(host.at("/usr/share/slow/version")));
        CompletableFuture<List<Outcome>> result = new CompletableFuture<>();
        Thread applying = applying(result, installed("pear"));
        await("the notice", () -> !rig.said().isEmpty());
        assertTrue(rig.said().getFirst().matches("waiting for process \\d+ \\(apt-get\\), .*"));
        applying.interrupt();
        applying.join(Duration.ofSeconds(5));
        assertFalse(applying.isAlive());
        host.write("/srv/go/on", "");
        assertEquals(0, other.waitFor());
        assertEquals("", host.installed("pear"));
    }

    @Test
    void anInterruptLetsDpkgFinish() throws IOException, InterruptedException {
        host.publish(Deb.of("slow", "1.0").running(UNTIL_TOLD));
        CompletableFuture<List<Outcome>> result = new CompletableFuture<>();
        Thread applying = applying(result, installed("slow"));
        await("dpkg", () -> Files.exists(host.at("/usr/share/slow/version")));
        applying.interrupt();
        host.write("/srv/go/on", "");
        ExecutionException ended =
                assertThrows(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS));
        assertTrue(ended.getCause() instanceof InterruptedException);
        assertEquals("1.0", host.installed("slow"));
    }

    @Test
    void aSecondInterruptEndsDpkgAndTheNextRunMendsIt() throws IOException, InterruptedException {
        host.publish(Deb.of("slow", "1.0").running(UNTIL_TOLD));
        CompletableFuture<List<Outcome>> result = new CompletableFuture<>();
        Thread applying = applying(result, installed("slow"));
        await("dpkg", () -> Files.exists(host.at("/usr/share/slow/version")));
        applying.interrupt();
        await(
                "the end",
                () -> {
                    applying.interrupt();
                    return result.isDone();
                });
        assertEquals("", host.installed("slow"));
        host.write("/srv/go/on", "");
        assertEquals(List.of("did finish the installation of slow 1.0"), apply(installed("slow")));
        assertEquals("1.0", host.installed("slow"));
    }

    private Thread applying(CompletableFuture<List<Outcome>> result, PkgResource resource) {
        return Thread.startVirtualThread(
                () -> {
                    try {
                        result.complete(rig.apply(resource));
                    } catch (IOException | InterruptedException e) {
                        result.completeExceptionally(e);
                    }
                });
    }
}
