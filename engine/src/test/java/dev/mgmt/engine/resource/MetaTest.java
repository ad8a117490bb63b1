package dev.mgmt.engine.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.resource.Meta.RateLimit;
import dev.mgmt.engine.resource.Meta.Retries;
import dev.mgmt.engine.resource.Meta.Scope;
import dev.mgmt.engine.resource.Meta.Semaphore;
import dev.mgmt.engine.resource.Meta.Trait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetaTest {
    @Test
    void unlessSaidOtherwiseAResourceIsConnectedGroupedAndGivenNewChances() {
        assertEquals(Set.of(Trait.AUTOEDGE, Trait.AUTOGROUP, Trait.REWATCH), Meta.NONE.traits());
        assertTrue(Meta.NONE.has(Trait.REWATCH));
        assertFalse(Meta.NONE.has(Trait.REVERSE));
        assertFalse(Meta.NONE.rate().limits());
        assertTrue(new RateLimit(2, 1).limits());
    }

    @Test
    void semaphoresAreTakenInOneOrderWhereverTheyWereWritten() {
        Semaphore here = new Semaphore("b", 2);
        Semaphore fleet = new Semaphore(Scope.FLEET, "a", 1);
        Meta meta = with(List.of(fleet, here, new Semaphore("b", 1), here));
        assertEquals(List.of(new Semaphore("b", 1), here, fleet), meta.semaphores());
    }

    @Test
    void pausesNeverShrink() {
        assertThrows(
                IllegalArgumentException.class, () -> new Retries(1, Duration.ofSeconds(1), 0.5));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Retries(1, Duration.ofSeconds(1), Double.NaN));
    }

    @Test
    void whatIsNeededDoesNotChangeBehindItsBack() {
        List<Thing> things = new ArrayList<>(List.of(new Thing.User("bob")));
        Need.FirstOf first = new Need.FirstOf(things);
        List<Path> paths = new ArrayList<>(List.of(Path.of("/usr/bin/nginx")));
        Need.Shipped shipped = new Need.Shipped(paths);
        things.clear();
        paths.clear();
        assertEquals(List.of(new Thing.User("bob")), first.things());
        assertEquals(List.of(Path.of("/usr/bin/nginx")), shipped.paths());
    }

    private static Meta with(List<Semaphore> semaphores) {
        return new Meta(
                false,
                Retries.NONE,
                Duration.ZERO,
                RateLimit.NONE,
                semaphores,
                Duration.ZERO,
                Meta.NONE.traits());
    }
}
