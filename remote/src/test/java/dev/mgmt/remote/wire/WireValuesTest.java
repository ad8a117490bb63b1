package dev.mgmt.remote.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireValuesTest {
    @Test
    void parametersComeBackAsTheyWere() throws MalformedMessage {
        AgentParameters parameters =
                new AgentParameters(
                        "h1",
                        "run-1",
                        "abc",
                        Enforcement.CHECK_ONLY,
                        Duration.ofMinutes(5),
                        "joe@laptop",
                        AgentParameters.Arrival.AGAIN,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(30),
                        "/var/cache/mgmt/running/x.1",
                        "/var/cache/mgmt/state/h1");

        assertEquals(parameters, AgentParameters.read(parameters.line()));
    }

    @Test
    void lastWordsAndClaimsComeBackAsTheyWere() throws MalformedMessage {
        LastWord word = new LastWord(LastWord.Reason.TAKEN_OVER, "joe@laptop has it");
        ClaimNote note = ClaimNote.ofThisProcess("run-1", "joe@laptop");

        assertEquals(word, LastWord.read(word.line()));
        assertEquals(note, ClaimNote.read(note.text()));
        assertEquals(Optional.of(ProcessHandle.current()), note.process());
    }

    @Test
    void theFleetsPhaseComesBackAsItWas() throws MalformedMessage {
        FleetValue value = new FleetValue("run-1", FleetValue.Phase.ENDING);

        assertEquals(value, FleetValue.read(value.text()));
    }

    @Test
    void aStatusComesBackAsItWas() throws MalformedMessage {
        assertEquals(
                EventLineTest.STATUS, StatusValue.read(StatusValue.text(EventLineTest.STATUS)));
    }

    @Test
    void aGraphThatCollectsNothingSaysNothingOfWhatItHasSeen() throws MalformedMessage {
        EngineStatus status =
                new EngineStatus(
                        1,
                        Long.MAX_VALUE,
                        EngineStatus.Phase.WORKING,
                        1,
                        new EngineStatus.Counts(0, 0, 0, 0, 0, 0),
                        List.of(),
                        List.of());

        assertFalse(StatusValue.text(status).contains("seen"));
        assertEquals(status, StatusValue.read(StatusValue.text(status)));
    }

    @Test
    void whatIsSeenOfValuesComesBack() throws MalformedMessage {
        EngineStatus status =
                new EngineStatus(
                        1,
                        2,
                        3,
                        EngineStatus.Phase.IDLE,
                        1,
                        new EngineStatus.Counts(0, 0, 0, 0, 0, 0),
                        List.of(),
                        List.of());

        assertEquals(status, StatusValue.read(StatusValue.text(status)));
    }

    @Test
    void variablesComeBackAsTheyWere() throws MalformedMessage {
        HostVariables variables = new HostVariables(Map.of("a", "1\n\"", "b", ""));

        assertEquals("{\"a\":\"1\\n\\\"\",\"b\":\"\"}", variables.text());
        assertEquals(variables, HostVariables.read(variables.text()));
        assertThrows(MalformedMessage.class, () -> HostVariables.read("{\"a\":1}"));
    }

    @Test
    void aTreeIsWrittenAsOneLine() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("text", "a\n\"b\"");
        tree.put("list", List.of(1, 2L, 2.5, true, Map.of("k", "v")));
        tree.put("none", null);

        assertEquals(
                "{\"text\":\"a\\n\\\"b\\\"\",\"list\":[1,2,2.5,true,{\"k\":\"v\"}],\"none\":null}",
                Json.line(tree));
    }

    @Test
    void aValueWithoutAFormIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.line(Map.of("k", 'c')));
    }
}
