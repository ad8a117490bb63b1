package dev.mgmt.engine.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.driver.CheckListener.Cause;
import dev.mgmt.engine.driver.Keeper.WatchListener;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class HeardDriverTest {
    /** One that is left to the interface's own answer would lose what the driver within says. */
    @Test
    void everyQuestionIsHandedOnToTheDriverWithin() {
        assertEquals(questions(ResourceDriver.class), questions(HeardDriver.class));
        Class<?> keeper =
                Arrays.stream(HeardDriver.class.getDeclaredClasses())
                        .filter(Keeper.class::isAssignableFrom)
                        .findFirst()
                        .orElseThrow();
        assertEquals(questions(Keeper.class), questions(keeper));
    }

    @Test
    void theCauseOfACheckIsWhatCameBeforeIt() throws Exception {
        List<Cause> causes = new ArrayList<>();
        Scripted scripted = new Scripted();
        Keeper keeper =
                new HeardDriver<>(scripted, check -> causes.add(check.cause()))
                        .keeper(
                                new Thing(new ResourceId("thing", "a"), Meta.NONE),
                                (stream, line) -> {});
        keeper.watch(IGNORING);
        keeper.run(new Attempt(Enforcement.APPLY, Refresh.NONE));
        keeper.run(new Attempt(Enforcement.APPLY, Refresh.NONE));
        keeper.run(new Attempt(Enforcement.APPLY, Refresh.PENDING));
        scripted.watcher.changed();
        keeper.run(new Attempt(Enforcement.APPLY, Refresh.NONE));
        scripted.fails = true;
        assertThrows(
                IOException.class, () -> keeper.run(new Attempt(Enforcement.APPLY, Refresh.NONE)));
        assertThrows(
                IOException.class, () -> keeper.run(new Attempt(Enforcement.APPLY, Refresh.NONE)));
        assertEquals(
                List.of(
                        Cause.NEW,
                        Cause.TURN,
                        Cause.REFRESH,
                        Cause.DISTURBANCE,
                        Cause.TURN,
                        Cause.RETRY),
                causes);
    }

    private record Thing(ResourceId id, Meta meta) implements Resource {}

    private static final WatchListener IGNORING =
            new WatchListener() {
                @Override
                public void changed() {}

                @Override
                public void ended(String reason) {}
            };

    /** Good until told otherwise. */
    private static final class Scripted implements ResourceDriver<Thing>, Keeper {
        private WatchListener watcher = IGNORING;
        private boolean fails;

        @Override
        public Freshness freshness(Thing resource) {
            return Freshness.WATCHED;
        }

        @Override
        public Keeper keeper(Thing resource, OutputListener output) {
            return this;
        }

        @Override
        public Outcome run(Attempt attempt) throws IOException {
            if (fails) {
                throw new IOException("told to");
            }
            return Outcome.GOOD;
        }

        @Override
        public Watch watch(WatchListener listener) {
            watcher = listener;
            return Watch.NONE;
        }
    }

    private static List<String> questions(Class<?> type) {
        Predicate<Method> asked =
                method ->
                        Modifier.isPublic(method.getModifiers())
                                && !Modifier.isStatic(method.getModifiers())
                                && !method.isSynthetic();
        return Arrays.stream(type.getDeclaredMethods())
                .filter(asked)
                .map(Method::getName)
                .sorted()
                .toList();
    }
}
