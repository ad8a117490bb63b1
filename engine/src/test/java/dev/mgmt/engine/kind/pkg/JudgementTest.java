package dev.mgmt.engine.kind.pkg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import dev.mgmt.engine.kind.pkg.Standing.Mark;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is to be done about a package. */
class JudgementTest {
    private static final Judgement JUDGEMENT = new Judgement(String::compareTo);
    private static final Standing ONE = Standing.of("1");

    private static Offer offer(String candidate, String... others) {
        Map<String, Set<String>> sections = new HashMap<>(Map.of(candidate, Set.of("main")));
        for (String other : others) {
            sections.put(other, Set.of("main"));
        }
        return new Offer(Optional.of(candidate), sections);
    }

    private static String shown(PkgResource wanted, Standing now, @Nullable Offer offer)
            throws IOException, InterruptedException {
        return switch (JUDGEMENT.decide(wanted, now, offer)) {
            case Decision.Fine _ -> "fine";
            case Decision.Act(Step step, String detail) ->
                    step.getClass().getSimpleName() + ": " + detail;
            case Decision.Unknown(String reason, String _) -> "unknown: " + reason;
            case Decision.Refused(String reason) -> "refused: " + reason;
        };
    }

    @Test
    void installedIsFineInAnyVersion() throws IOException, InterruptedException {
        PkgResource wanted = PkgRig.installed("p");
        assertEquals("fine", shown(wanted, ONE, null));
        assertEquals("Install: install p 2", shown(wanted, Standing.ABSENT, offer("2")));
        assertEquals(
                "unknown: the package manager's lists know no package p",
                shown(wanted, Standing.ABSENT, null));
    }

    @Test
    void uninstalledIsRemovedInAnyVersion() throws IOException, InterruptedException {
        PkgResource wanted = PkgRig.uninstalled("p");
        assertEquals("fine", shown(wanted, Standing.ABSENT, null));
        assertEquals("Remove: remove p 1", shown(wanted, ONE, null));
        Standing two = new Standing(List.of("1", "2"), Set.of());
        assertEquals("Remove: remove p 1, 2", shown(wanted, two, null));
    }

    @Test
    void newestIsUpgradedButNeverDowngraded() throws IOException, InterruptedException {
        PkgResource wanted = PkgRig.newest("p");
        assertEquals("Install: install p 2", shown(wanted, Standing.ABSENT, offer("2")));
        assertEquals("Upgrade: upgrade p 1 → 2", shown(wanted, ONE, offer("2")));
        assertEquals("fine", shown(wanted, ONE, offer("1")));
        assertEquals("fine", shown(wanted, ONE, offer("0")));
        assertEquals("fine", shown(wanted, ONE, null));
        Standing two = new Standing(List.of("1", "2"), Set.of());
        assertEquals("fine", shown(wanted, two, offer("2")));
    }

    @Test
    void aVersionIsExactlyThatVersion() throws IOException, InterruptedException {
        PkgResource wanted = PkgRig.version("p", "2");
        assertEquals("fine", shown(wanted, Standing.of("2"), null));
        assertEquals("Pin: install p 2", shown(wanted, Standing.ABSENT, offer("3", "2")));
        assertEquals("Pin: upgrade p 1 → 2", shown(wanted, ONE, offer("3", "2")));
        assertEquals(
                "unknown: the package manager's lists know no p 2 (they know 1, 3)",
                shown(wanted, ONE, offer("3", "1")));
    }

    @Test
    void aDowngradeNeedsToBeAllowed() throws IOException, InterruptedException {
        Standing now = Standing.of("3");
        assertEquals(
                "refused: p is newer than 2 here: 3 (`allowdowngrade: true` puts the older one in"
                        + " its place)",
                shown(PkgRig.version("p", "2"), now, offer("3", "2")));
        assertEquals(
                "Pin: downgrade p 3 → 2",
                shown(PkgRig.version("p", "2", Allow.DOWNGRADE), now, offer("3", "2")));
    }

    @Test
    void whatIsNotFreeNeedsToBeAllowed() throws IOException, InterruptedException {
        Offer notFree = new Offer(Optional.of("2"), Map.of("2", Set.of("non-free", "contrib")));
        assertEquals(
                "refused: p 2 is in contrib, non-free, which is not free software"
                        + " (`allownonfree: true` accepts it)",
                shown(PkgRig.installed("p"), Standing.ABSENT, notFree));
        assertEquals(
                "Install: install p 2",
                shown(PkgRig.installed("p", Allow.NONFREE), Standing.ABSENT, notFree));
        Offer both = new Offer(Optional.of("2"), Map.of("2", Set.of("non-free", "main")));
        assertEquals("Install: install p 2", shown(PkgRig.installed("p"), Standing.ABSENT, both));
    }

    @Test
    void whatIsHalfInstalledIsFinished() throws IOException, InterruptedException {
        Standing broken = new Standing(List.of("1"), Set.of(Mark.BROKEN));
        assertEquals(
                "Install: finish the installation of p 1",
                shown(PkgRig.installed("p"), broken, offer("1")));
        assertEquals("Remove: remove p 1", shown(PkgRig.uninstalled("p"), broken, null));
    }

    @Test
    void whatIsHeldIsLeftAlone() throws IOException, InterruptedException {
        Standing held = new Standing(List.of("1"), Set.of(Mark.HELD));
        String refused = "refused: p is held as it is on this host (`apt-mark unhold p`)";
        assertEquals(refused, shown(PkgRig.uninstalled("p"), held, null));
        assertEquals(refused, shown(PkgRig.newest("p"), held, offer("2")));
        assertEquals("fine", shown(PkgRig.installed("p"), held, null));
    }

    @Test
    void listsAreAskedOnlyWhereTheyMatter() {
        assertTrue(Judgement.asksLists(PkgRig.newest("p"), ONE));
        assertTrue(Judgement.asksLists(PkgRig.installed("p"), Standing.ABSENT));
        assertTrue(Judgement.asksLists(PkgRig.version("p", "2"), ONE));
        assertTrue(!Judgement.asksLists(PkgRig.installed("p"), ONE));
        assertTrue(!Judgement.asksLists(PkgRig.version("p", "1"), ONE));
        assertTrue(!Judgement.asksLists(PkgRig.uninstalled("p"), ONE));
    }
}
