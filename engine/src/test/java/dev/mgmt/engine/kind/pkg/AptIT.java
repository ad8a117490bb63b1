package dev.mgmt.engine.kind.pkg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.kind.pkg.AptHost.Deb;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages kept by an engine, with the real apt and dpkg on a host that the test makes. */
class AptIT {
    @TempDir private Path dir;
    private AptHost host;
    private GraphTester tester;

    @BeforeEach
    void open() throws IOException {
        host = AptHost.start(dir);
        tester =
                GraphTester.open(
                        EngineOptions.of("h1"),
                        new MemoryWorld(),
                        PkgRig.on(host.root()).registry());
    }

    @AfterEach
    void close() {
        tester.close();
        host.close();
    }

    private EngineStatus converge(String... resources) {
        return tester.converge(graph(resources));
    }

    private static String graph(String... resources) {
        StringBuilder text = new StringBuilder("graph: g\nresources:\n  pkg:\n");
        for (String resource : resources) {
            text.append("  - {").append(resource).append("}\n");
        }
        return text.toString();
    }

    private void assertGood(EngineStatus status) {
        assertEquals(List.of(), status.failures());
    }

    private String failure(String... resources) {
        EngineStatus status = converge(resources);
        assertEquals(1, status.failures().size(), status.toString());
        return status.failures().getFirst().toString();
    }

    private static void assertHolds(String text, String part) {
        assertTrue(text.contains(part), text);
    }

    private List<String> applied() {
        return tester.events(EngineEvent.Applied.class).stream()
                .map(EngineEvent.Applied::detail)
                .toList();
    }

    private List<String> wouldApply() {
        return tester.events(EngineEvent.WouldApply.class).stream()
                .map(EngineEvent.WouldApply::detail)
                .toList();
    }

    private boolean hasSaid(String part) {
        return tester.events(EngineEvent.Output.class).stream()
                .anyMatch(output -> output.line().contains(part));
    }

    @Test
    void aPackageIsInstalledAndRemoved() throws IOException {
        host.publish(Deb.of("pear", "1.0-1"));
        assertGood(converge("name: pear"));
        assertEquals("1.0-1", host.installed("pear"));
        assertGood(converge("name: pear, state: uninstalled"));
        assertEquals("", host.installed("pear"));
        assertEquals(List.of("install pear 1.0-1", "remove pear 1.0-1"), applied());
    }

    @Test
    void threePackagesOfAGraphAreOneTransaction() throws IOException {
        host.publish(Deb.of("pear", "1.0"))
                .publish(Deb.of("plum", "2.0"))
                .publish(Deb.of("quince", "3.0"));
        assertGood(converge("name: pear", "name: plum", "name: quince, state: newest"));
        assertEquals(1, host.history().size(), host.history().toString());
        for (String name : List.of("pear", "plum", "quince")) {
            assertHolds(host.history().getFirst(), " " + name);
        }
        assertEquals(3, applied().size());
    }

    @Test
    void ofPackagesInOneTransactionOnlyTheOneAtFaultFails() throws IOException {
        host.publish(Deb.of("pear", "1.0"))
                .publish(Deb.of("bad", "1.0").running("exit 3"))
                .publish(Deb.of("lost", "1.0").with("Depends: nowhere"));
        EngineStatus status = converge("name: pear", "name: bad", "name: lost", "name: nosuch");
        List<String> failed =
                status.failures().stream().map(failure -> failure.toString()).sorted().toList();
        assertEquals(3, failed.size(), failed.toString());
        assertHolds(failed.get(0), "dpkg: error processing package bad");
        assertHolds(failed.get(1), "Depends: nowhere but it is not installable");
        assertHolds(failed.get(2), "know no package nosuch");
        assertEquals("1.0", host.installed("pear"));
    }

    @Test
    void aFailureThatChangesTheDatabaseIsNotTriedAgainByItself() throws IOException {
        host.publish(Deb.of("bad", "1.0").running("echo x >>/srv/go/tries; test -e /srv/go/on"));
        assertHolds(failure("name: bad"), "dpkg: error processing package bad");
        int tries = Files.readAllLines(host.at("/srv/go/tries")).size();
        assertTrue(tries <= 3, "tried " + tries + " times");
        host.publish(Deb.of("pear", "1.0")).write("/srv/go/on", "");
        host.out("apt-get", "-q", "update");
        host.run("apt-get", "-q", "-y", "install", "pear");
        tester.await("bad to be good", () -> tester.engine().status().failures().isEmpty());
        assertEquals("1.0", host.installed("bad"));
    }

    @Test
    void packagesThatMayNotBeGroupedAreTransactionsOfTheirOwn() throws IOException {
        host.publish(Deb.of("pear", "1.0")).publish(Deb.of("plum", "2.0"));
        assertGood(
                converge("name: pear, meta: {autogroup: false}", "name: plum, allownonfree: true"));
        assertEquals(2, host.history().size(), host.history().toString());
    }

    @Test
    void aPackageThatIsAsItShouldBeIsLeftAlone() throws IOException {
        host.publish(Deb.of("pear", "1.0"));
        host.out("apt-get", "-q", "update");
        host.out("apt-get", "-q", "-y", "install", "pear");
        assertGood(converge("name: pear", "name: plum, state: uninstalled"));
        assertEquals(1, host.history().size());
        assertEquals(List.of(), applied());
    }

    @Test
    void aPackageRemovedByHandComesBack() throws IOException {
        host.publish(Deb.of("pear", "1.0"));
        assertGood(converge("name: pear"));
        tester.forgetEvents();
        host.out("dpkg", "--purge", "pear");
        tester.await("pear to be back", () -> applied().equals(List.of("install pear 1.0")));
        assertEquals("1.0", host.installed("pear"));
    }

    @Test
    void aPackageInstalledByHandGoesAgain() throws IOException {
        host.publish(Deb.of("pear", "1.0"));
        host.out("apt-get", "-q", "update");
        assertGood(converge("name: pear, state: uninstalled"));
        host.out("apt-get", "-q", "-y", "install", "pear");
        tester.await("pear to be gone", () -> applied().equals(List.of("remove pear 1.0")));
        assertEquals("", host.installed("pear"));
    }

    @Test
    void anUnknownPackageFailsAfterTheListsWereRefreshed() throws IOException {
        String reason = failure("name: nosuch");
        assertHolds(reason, "the package manager's lists know no package nosuch");
        assertTrue(hasSaid("refreshing the lists of apt"));
    }

    @Test
    void aNameThatIsOnlyTheBeginningOfAnotherOrAPatternIsUnknown() throws IOException {
        host.publish(Deb.of("pear", "1.0"));
        assertHolds(failure("name: p.ar"), "know no package p.ar");
        assertHolds(failure("name: pear+"), "know no package pear+");
        assertEquals("", host.installed("pear"));
    }

    @Test
    void aVersionIsPinnedAndUpgradedToAnother() throws IOException {
        host.publish(Deb.of("pear", "1.0")).publish(Deb.of("pear", "1:0.5-2"));
        assertGood(converge("name: pear, state: \"1.0\""));
        assertEquals("1.0", host.installed("pear"));
        assertGood(converge("name: pear, state: 1:0.5-2"));
        assertEquals("1:0.5-2", host.installed("pear"));
        assertEquals(List.of("install pear 1.0", "upgrade pear 1.0 → 1:0.5-2"), applied());
    }

    @Test
    void aVersionThatTheListsDoNotKnowIsSaidWithThoseTheyKnow() throws IOException {
        host.publish(Deb.of("pear", "1.0")).publish(Deb.of("pear", "1.1"));
        String reason = failure("name: pear, state: \"1.2\"");
        assertHolds(reason, "the package manager's lists know no pear 1.2 (they know 1.0, 1.1)");
    }

    @Test
    void aDowngradeNeedsToBeAllowed() throws IOException {
        host.publish(Deb.of("pear", "1.0")).publish(Deb.of("pear", "1.1"));
        assertGood(converge("name: pear"));
        String reason = failure("name: pear, state: \"1.0\"");
        assertHolds(reason, "pear is newer than 1.0 here: 1.1 (`allowdowngrade: true`");
        assertEquals("1.1", host.installed("pear"));
        assertGood(converge("name: pear, state: \"1.0\", allowdowngrade: true"));
        assertEquals("1.0", host.installed("pear"));
    }

    @Test
    void theNewestVersionIsTakenAsSoonAsTheListsKnowIt() throws IOException {
        host.publish(Deb.of("pear", "1.0"));
        assertGood(converge("name: pear, state: newest"));
        assertEquals("1.0", host.installed("pear"));
        host.publish(Deb.of("pear", "1.1"));
        host.out("apt-get", "-q", "update");
        tester.await("the upgrade", () -> applied().contains("upgrade pear 1.0 → 1.1"));
        assertEquals("1.1", host.installed("pear"));
    }

    @Test
    void whatIsInstalledIsNotUpgraded() throws IOException {
        host.publish(Deb.of("pear", "1.0"));
        assertGood(converge("name: pear"));
        host.publish(Deb.of("pear", "1.1"));
        host.out("apt-get", "-q", "update");
        assertGood(converge("name: pear, meta: {retry: 1}"));
        assertEquals("1.0", host.installed("pear"));
    }

    @Test
    void aConfigurationFileThatSomebodyChangedStaysAndNobodyIsAsked() throws IOException {
        host.publish(Deb.of("pear", "1.0"));
        assertGood(converge("name: pear"));
        host.write("/etc/pear/conf", "mine\n").publish(Deb.of("pear", "1.1"));
        assertGood(converge("name: pear, state: \"1.1\""));
        assertEquals("mine\n", Files.readString(host.at("/etc/pear/conf")));
    }

    @Test
    void underNoopNothingChangesAndWhatWouldBeDoneIsSaid() throws IOException {
        host.publish(Deb.of("pear", "1.0")).publish(Deb.of("plum", "2.0"));
        host.out("apt-get", "-q", "update");
        host.out("apt-get", "-q", "-y", "install", "plum");
        try (GraphTester noop =
                GraphTester.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY),
                        new MemoryWorld(),
                        PkgRig.on(host.root()).registry())) {
            assertGood(
                    noop.converge(
                            graph("name: nosuch", "name: pear", "name: plum, state: uninstalled")));
            List<String> would =
                    noop.events(EngineEvent.WouldApply.class).stream()
                            .map(event -> event.property() + ": " + event.detail())
                            .sorted()
                            .toList();
            assertEquals(
                    List.of(
                            "state: install nosuch, but the package manager's lists know no package"
                                    + " nosuch (they would be refreshed first)",
                            "state: install pear 1.0",
                            "state: remove plum 2.0"),
                    would);
        }
        assertEquals("", host.installed("pear"));
        assertEquals("2.0", host.installed("plum"));
        assertEquals(1, host.history().size());
    }

    @Test
    void aResourceUnderNoopOnlySaysWhatItWouldDo() throws IOException {
        host.publish(Deb.of("pear", "1.0"));
        host.out("apt-get", "-q", "update");
        assertGood(converge("name: pear, meta: {noop: true}"));
        assertEquals(List.of("install pear 1.0"), wouldApply());
        assertEquals("", host.installed("pear"));
    }

    @Test
    void softwareThatIsNotFreeNeedsToBeAllowed() throws IOException {
        host.publish(Deb.of("pear", "1.0").in("non-free"));
        String reason = failure("name: pear");
        assertHolds(reason, "pear 1.0 is in non-free, which is not free software");
        assertGood(converge("name: pear, allownonfree: true"));
        assertEquals("1.0", host.installed("pear"));
    }

    @Test
    void anArchiveThatNobodySignedNeedsToBeAllowed() throws IOException {
        host.publish(Deb.of("pear", "1.0").in("unsigned"));
        Files.createSymbolicLink(host.at("/srv/other"), Path.of("repo"));
        host.write("/etc/apt/sources.list", "deb copy:/srv/other stable unsigned\n");
        String reason = failure("name: pear");
        assertHolds(reason, "its lists could not be refreshed");
        assertEquals("", host.installed("pear"));
        assertGood(converge("name: pear, allowuntrusted: true"));
        assertEquals("1.0", host.installed("pear"));
    }

    @Test
    void aHeldPackageIsLeftToWhoeverHoldsIt() throws IOException {
        host.publish(Deb.of("pear", "1.0"));
        assertGood(converge("name: pear"));
        host.out("apt-mark", "hold", "pear");
        String reason = failure("name: pear, state: uninstalled");
        assertHolds(reason, "pear is held as it is on this host (`apt-mark unhold pear`)");
        assertEquals("1.0", host.installed("pear"));
    }

    @Test
    void whatAnInterruptedDpkgLeftIsRepairedFirst() throws IOException {
        host.publish(Deb.of("pear", "1.0")).publish(Deb.of("plum", "2.0"));
        assertGood(converge("name: pear"));
        String status = Files.readString(host.at("/var/lib/dpkg/status"));
        host.write(
                "/var/lib/dpkg/updates/0001",
                status.replace("install ok installed", "install ok half-configured"));
        assertGood(converge("name: pear", "name: plum"));
        assertTrue(hasSaid("an earlier run was interrupted; repairing: dpkg --configure -a"));
        assertEquals("1.0", host.installed("pear"));
        assertEquals("2.0", host.installed("plum"));
        assertFalse(Files.exists(host.at("/var/lib/dpkg/updates/0001")));
    }

    @Test
    void somebodyElsesLockIsWaitedForAndSaid() throws IOException, InterruptedException {
        host.publish(
                        Deb.of("slow", "1.0")
                                .running("while [ ! -e /srv/go/on ]; do sleep 0.05; done"))
                .publish(Deb.of("pear", "1.0"));
        host.out("apt-get", "-q", "update");
        Process other = host.start("apt-get", "-q", "-y", "install", "slow");
        try {
            tester.await("the lock", () -> Files.exists(host.at("/usr/share/slow/version")));
            tester.submit(graph("name: pear"));
            tester.await("the notice", () -> hasSaid("waiting for process "));
            assertEquals("", host.installed("pear"));
            host.write("/srv/go/on", "");
            assertGood(tester.awaitIdle());
            assertEquals("1.0", host.installed("pear"));
            assertEquals(0, other.waitFor());
        } finally {
            other.destroyForcibly();
        }
    }
}
