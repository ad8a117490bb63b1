package dev.mgmt.engine.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KindsTest {
    @Test
    void aNameBelongsToOneKind() {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Kinds.of(List.of(new Named("lamp"), new Named("lamp"))));
        assertEquals("two kinds are called lamp", refused.getMessage());
    }

    @Test
    void kindsAreFoundByTheirExactName() {
        Kind lamp = new Named("lamp");
        Kinds kinds = Kinds.of(List.of(lamp));
        assertEquals(Optional.of(lamp), kinds.find("lamp"));
        assertEquals(Optional.empty(), kinds.find("Lamp"));
        assertEquals(List.of("lamp"), kinds.names());
    }

    @Test
    void whatIsPlannedIsNotThereYet() {
        assertTrue(Kinds.of(List.of()).isPlanned("virt"));
        assertFalse(Kinds.of(List.of(new Named("virt"))).isPlanned("virt"));
        assertFalse(Kinds.of(List.of()).isPlanned("lamp"));
    }

    @Test
    void aKindGivesAndTakesNothingUnlessItSaysSo() {
        Kind lamp = new Named("lamp");
        assertEquals(List.of(), lamp.outputs());
        assertEquals(List.of(), lamp.receivable());
        assertEquals(List.of(), lamp.legacyFields());
    }

    private record Named(String name) implements Kind {
        @Override
        public List<String> fields() {
            return List.of();
        }

        @Override
        public Optional<Resource> decode(Fields fields) {
            return Optional.empty();
        }
    }
}
