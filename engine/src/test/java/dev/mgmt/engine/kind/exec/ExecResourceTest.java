package dev.mgmt.engine.kind.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.mgmt.engine.kind.exec.ExecResource.Command;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecResourceTest {
    private static final Map<String, Object> PLAIN = new HashMap<>();

    private static final Map<String, Object> OTHER = new HashMap<>();

    static {
        values(PLAIN, "a", Optional.empty(), Duration.ZERO);
        values(OTHER, "b", Optional.of("b"), Duration.ofSeconds(1));
    }

    private static void values(
            Map<String, Object> values, String word, Optional<String> maybe, Duration timeout) {
        Optional<Command> command = maybe.map(text -> new Command.Words(List.of(text)));
        values.put("id", new ResourceId("exec", word));
        values.put("meta", Meta.NONE);
        values.put("command", new Command.Words(List.of(word)));
        values.put("directory", maybe.map(Path::of));
        values.put("environment", maybe.map(text -> Map.of(text, text)).orElse(Map.of()));
        values.put("timeout", timeout);
        for (String key : List.of("watch", "onlyIf", "unless", "done")) {
            values.put(key, command);
        }
        values.put("creates", maybe.map(Path::of));
        values.put("user", maybe);
        values.put("group", maybe);
    }

    private static ExecResource with(String... others) throws ReflectiveOperationException {
        RecordComponent[] components = ExecResource.class.getRecordComponents();
        Object[] arguments =
                Arrays.stream(components)
                        .map(RecordComponent::getName)
                        .map(name -> (List.of(others).contains(name) ? OTHER : PLAIN).get(name))
                        .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return ExecResource.class.getDeclaredConstructor(types).newInstance(arguments);
    }

    /** A component that was forgotten would let another command be taken for done. */
    @Test
    void deedTellsEveryComponentApartButHowFailuresAreMet() throws Exception {
        String plain = with().deed();
        assertEquals(plain, with().deed());
        for (RecordComponent component : ExecResource.class.getRecordComponents()) {
            String name = component.getName();
            if (name.equals("meta")) {
                continue;
            }
            assertNotEquals(plain, with(name).deed(), name);
        }
    }

    @Test
    void deedDoesNotTakeOneConditionForAnother() throws Exception {
        assertNotEquals(with("onlyIf").deed(), with("unless").deed());
        assertNotEquals(with("user").deed(), with("group").deed());
        assertNotEquals(with("directory").deed(), with("creates").deed());
    }
}
