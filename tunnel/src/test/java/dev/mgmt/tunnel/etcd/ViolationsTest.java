package dev.mgmt.tunnel.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViolationsTest {
    private final List<Violation> told = new ArrayList<>();
    private final Violations violations =
            new Violations(new Visitor("h1", () -> Rights.ALL, told::add));

    @Test
    void millionOfOneKindIsToldSevenTimesAndOnceMore() {
        for (int i = 1; i <= 1_000_007; i++) {
            violations.note(Violation.Kind.READING, "did " + i);
        }
        violations.tellTheRest();
        violations.tellTheRest();
        assertEquals(
                List.of(1L, 10L, 100L, 1000L, 10_000L, 100_000L, 1_000_000L, 1_000_007L),
                told.stream().map(Violation::times).toList());
        assertEquals("h1 did 1000007", told.getLast().deed());
    }

    @Test
    void everyKindIsToldOfByItself() {
        for (var kind : Violation.Kind.values()) {
            violations.note(kind, "did it");
        }
        violations.tellTheRest();
        assertEquals(List.of(Violation.Kind.values()), told.stream().map(Violation::kind).toList());
    }
}
