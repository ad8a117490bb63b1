package dev.mgmt.engine.kind.pkg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.os.HostRoot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom the words of a package manager are about. */
class BlameTest {
    private static final PackageHost HOST = new ToolHost(HostRoot.REAL);
    private static final PackageManager APT = new Apt(HOST);
    private static final PackageManager DNF = new Dnf(HOST);
    private static final PackageManager ZYPPER = new Zypper(HOST);
    private static final PackageManager PACMAN = new Pacman(HOST);
    private static final PackageManager APK = new Apk(HOST);

    private static Blame blame(PackageManager manager, String... err) {
        return new Blame(manager.speech(), new Answer(1, List.of(), List.of(err)));
    }

    private static boolean blames(PackageManager manager, String line, String name) {
        return !blame(manager, line).of(new Step.Install(name)).isEmpty();
    }

    private static void assertBlames(PackageManager manager, String line, String name) {
        assertTrue(blames(manager, line, name), line);
    }

    @Test
    void aPackageIsBlamedByItsName() {
        assertBlames(APT, "E: Unable to locate package pear", "pear");
        assertBlames(APT, "E: Version '9' for 'pear' was not found", "pear");
        assertBlames(APT, " pear : Depends: nowhere but it is not installable", "pear");
        assertBlames(APT, " pear:i386 : Depends: nowhere but it is not installable", "pear");
        assertBlames(
                APT,
                "dpkg: error processing archive /var/cache/apt/archives/pear_1%3a2_all.deb (--unpack):",
                "pear");
        assertBlames(ZYPPER, "No provider of 'pear=9' found.", "pear");
        assertBlames(PACMAN, "error: target not found: pear=9", "pear");
        assertBlames(PACMAN, ":: removing pear breaks dependency 'pear' required by plum", "pear");
        assertBlames(APK, "  pear (no such package):", "pear");
    }

    @Test
    void aPackageIsBlamedByItsNameWithAVersion() {
        assertBlames(DNF, "No match for argument: pear-9.9-9", "pear");
        assertBlames(DNF, "  - nothing provides x needed by pear-1:1.0-1.fc42.noarch", "pear");
        assertBlames(DNF, "  - package pear-1.0-1.noarch requires x, but none can", "pear");
        assertBlames(DNF, "  - problem with installed package g++-14.2.1-3.x86_64", "g++");
        assertBlames(ZYPPER, "Problem: nothing provides x needed by pear-1.0-1.1.noarch", "pear");
        assertBlames(
                PACMAN,
                "error: failed retrieving file 'pear-1:1-1-any.pkg.tar.zst' from x",
                "pear");
        assertBlames(APK, "    required by: plum-2.0-r3[x] pear-1.0-r0[x]", "pear");
        assertBlames(APK, "ERROR: pear-1.0-r0: UNTRUSTED signature", "pear");
    }

    @Test
    void aPackageIsNotBlamedForOneThatBeginsAsItDoes() {
        assertFalse(blames(APT, " gcc-12-base : Depends: nowhere", "gcc"));
        assertFalse(blames(APT, "dpkg: error processing package gcc-12-base:amd64 (--x):", "gcc"));
        assertFalse(
                blames(DNF, "  - nothing provides x needed by gcc-12-base-1.0-1.noarch", "gcc"));
        assertFalse(blames(ZYPPER, "No provider of 'pears' found.", "pear"));
        assertFalse(blames(PACMAN, "error: target not found: pear-2", "pear"));
        assertFalse(blames(APK, "  pear-doc-1.0-r0:", "pear"));
        assertFalse(blames(DNF, "No match for argument: gxx", "g++"));
    }

    @Test
    void aLockIsBusyOnlyWhereSomebodyElseHoldsIt() {
        assertTrue(
                blame(
                                APT,
                                "E: Could not get lock /var/lib/dpkg/lock. It is held by process 7 (apt)")
                        .busy());
        assertFalse(
                blame(APT, "E: Could not open lock file /x - open (13: Permission denied)").busy());
        assertTrue(blame(PACMAN, "error: could not lock database: File exists").busy());
        assertFalse(blame(PACMAN, "error: could not lock database: Permission denied").busy());
        assertTrue(
                blame(ZYPPER, "System management is locked by the application with pid 7 (x).")
                        .busy());
        assertFalse(blame(APK, "ERROR: Unable to lock database: Permission denied").busy());
    }

    @Test
    void whatFailedIsSaidInTheLinesThatTell() {
        assertEquals(
                "E: Failed to fetch http://a/b | E: Unable to fetch some archives",
                blame(
                                APT,
                                "",
                                "E: Failed to fetch http://a/b",
                                "W: x",
                                "E: Unable to fetch some archives")
                        .why("apt"));
        assertEquals(
                "dnf ended with exit code 1: of its own kind",
                blame(DNF, "of its own kind").why("dnf"));
        assertEquals("apk ended with exit code 1", blame(APK).why("apk"));
    }

    @Test
    void listsMayBeStaleThoughTheRefreshEndedWell() {
        Answer apt =
                new Answer(
                        0, List.of(), List.of("W: Failed to fetch http://a/b  Could not connect"));
        assertTrue(new Blame(APT.speech(), apt).stale());
        assertFalse(new Blame(APT.speech(), new Answer(0, List.of("Hit:1 x"), List.of())).stale());
    }
}
