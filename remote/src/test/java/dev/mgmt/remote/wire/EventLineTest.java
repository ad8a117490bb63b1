package dev.mgmt.remote.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventLineTest {
    private static final ResourceId FILE =
            new ResourceId("file", "/etc/a \"b\"\n\u0001é\uD83D\uDE00");

    static final EngineStatus STATUS =
            new EngineStatus(
                    7,
                    12,
                    EngineStatus.Phase.IDLE,
                    99,
                    new EngineStatus.Counts(5, 3, 2, 0, 1, 1),
                    List.of(new EngineStatus.Failure(FILE, "no space")),
                    List.of(new ResourceId("exec", "x")));

    static List<EngineEvent> events() {
        return List.of(
                new EngineEvent.GraphSwitched(3, "g", 1, 2, 3, 4),
                new EngineEvent.GraphRefused(4, List.of("a", "b")),
                new EngineEvent.Applied(FILE, "content", "-a\n+b\n"),
                new EngineEvent.WouldApply(FILE, "mode", ""),
                new EngineEvent.Retrying(FILE, "busy", 2, Duration.ofMillis(1500)),
                new EngineEvent.Failed(FILE, "gone"),
                new EngineEvent.Output(FILE, EngineEvent.Stream.STDERR, "line\twith tab"),
                new EngineEvent.Notice("hello"),
                new EngineEvent.StatusChanged(STATUS));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventComesBackAsItWas(EngineEvent event) throws MalformedMessage {
        String line = EventLine.text(event);

        assertFalse(line.contains("\n"));
        assertEquals(event, EventLine.read(line));
    }

    @Test
    void theTableAboveKnowsEveryEvent() {
        Set<Class<?>> told =
                events().stream().map(EngineEvent::getClass).collect(Collectors.toSet());

        assertEquals(Set.of(EngineEvent.class.getPermittedSubclasses()), told);
    }

    private static List<EngineEvent> oversized() {
        String long1 = "\u0001".repeat(2_000_000);
        return List.of(
                new EngineEvent.Applied(FILE, "content", long1),
                new EngineEvent.Failed(FILE, long1),
                new EngineEvent.Output(FILE, EngineEvent.Stream.STDOUT, long1),
                new EngineEvent.Notice(long1),
                new EngineEvent.GraphRefused(1, Collections.nCopies(100_000, long1)),
                new EngineEvent.StatusChanged(
                        new EngineStatus(
                                1,
                                1,
                                EngineStatus.Phase.IDLE,
                                1,
                                STATUS.counts(),
                                Collections.nCopies(
                                        10_000, new EngineStatus.Failure(FILE, "r".repeat(9000))),
                                Collections.nCopies(10_000, FILE))));
    }

    @Test
    void whateverAnEventHoldsItsLineStaysBelowTheLimit() throws MalformedMessage {
        for (EngineEvent event : oversized()) {
            String line = EventLine.text(event);

            assertTrue(line.getBytes(StandardCharsets.UTF_8).length < EventLine.LONGEST);
            assertEquals(event.getClass(), EventLine.read(line).getClass());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OpenJDK warning: something",
                "{",
                "[]",
                "{}",
                "{\"event\":\"unheard-of\"}",
                "{\"event\":5}",
                "{\"event\":\"applied\"}",
                "{\"event\":\"applied\",\"kind\":\"\",\"name\":\"x\",\"property\":\"\",\"detail\":\"\"}",
                "{\"event\":\"switched\",\"revision\":1,\"name\":\"g\",\"added\":-1,\"changed\":0,\"removed\":0,\"kept\":0}",
                "{\"event\":\"switched\",\"revision\":99999999999999999999999,\"name\":\"g\"}",
                "{\"event\":\"notice\",\"text\":\"a\"} trailing",
                "{\"event\":\"notice\",\"text\":null}",
                "{\"event\":\"notice\",\"text\":1.5}",
                "{\"event\":\"output\",\"kind\":\"k\",\"name\":\"n\",\"stream\":\"STDOUT\",\"line\":\"x\"}",
                "{\"event\":\"status\",\"status\":{\"graph\":1,\"phase\":\"odd\"}}",
                "{\"event\":\"refused\",\"revision\":1,\"problems\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}"
            })
    void whatIsNoEventIsRefusedAndNothingElseHappens(String line) {
        MalformedMessage refused = assertThrows(MalformedMessage.class, () -> EventLine.read(line));

        assertFalse(String.valueOf(refused.getMessage()).contains("\n"));
    }
}
