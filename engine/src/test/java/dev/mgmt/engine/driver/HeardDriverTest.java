package dev.mgmt.engine.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
