package dev.mgmt.tunnel.health;

import static dev.mgmt.tunnel.health.Liveness.Verdict.ALIVE;
import static dev.mgmt.tunnel.health.Liveness.Verdict.ASK;
import static dev.mgmt.tunnel.health.Liveness.Verdict.LOST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private static List<Liveness.Verdict> looks(long... heard) {
        Liveness liveness = new Liveness(3);
        return LongStream.of(heard).mapToObj(liveness::look).toList();
    }

    @Test
    void linkIsLostAfterThreeUnansweredQuestions() {
        assertEquals(List.of(ALIVE, ASK, ASK, ASK, LOST), looks(9, 9, 9, 9, 9));
    }

    @Test
    void anyByteStartsTheCountAnew() {
        assertEquals(
                List.of(ALIVE, ASK, ASK, ASK, ALIVE, ASK, ASK, ASK, LOST),
                looks(9, 9, 9, 9, 10, 10, 10, 10, 10));
    }

    @Test
    void busyLinkIsNeverAsked() {
        assertEquals(List.of(ALIVE, ALIVE, ALIVE), looks(1, 2, 3));
    }
}
