package dev.mgmt.remote.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.remote.wire.BoundedLines.Line;
import dev.mgmt.remote.wire.EventLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentVoiceTest {
    private final List<EngineEvent> heard = new ArrayList<>();
    private final AgentVoice voice = new AgentVoice(heard::add);

    @Test
    void eventsArePassedOn() {
        EngineEvent event = new EngineEvent.Notice("hello");

        assertTrue(voice.test(new Line.Whole(EventLine.text(event))));
        assertEquals(List.of(event), heard);
    }

    @Test
    void whatIsSaidBeforeTheAgentSpeaksIsNotTheAgents() {
        assertFalse(voice.test(new Line.Whole("sudo: a password is required")));
        assertEquals(List.of(), heard);
    }

    @Test
    void whatIsNoEventAfterwardsIsShownWithoutControlCharacters() {
        voice.begin();

        assertFalse(voice.test(new Line.Whole("\u001b[2Jboom")));
        assertEquals(List.of(new EngineEvent.Notice("the agent's process says: [2Jboom")), heard);
    }

    @Test
    void aLineWithoutEndIsShownByItsBeginning() {
        voice.begin();
        voice.test(new Line.Cut("y".repeat(100_000)));

        assertTrue(((EngineEvent.Notice) heard.getFirst()).text().length() < 600);
    }
}
