package dev.mgmt.engine.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Kinds;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForeignKindTest {
    @Test
    void aKindFromElsewhereNeedsNoChangeOfTheReader() {
        record Lamp(ResourceId id, Meta meta, String colour) implements Resource {}
        Kind kind =
                new Kind() {
                    @Override
                    public String name() {
                        return "lamp";
                    }

                    @Override
                    public List<String> fields() {
                        return List.of("colour");
                    }

                    @Override
                    public Optional<Resource> decode(Fields fields) {
                        String colour = fields.text("colour").orElse("white");
                        return Optional.of(new Lamp(fields.id(), fields.meta(), colour));
                    }
                };
        GraphReader reader = new GraphReader(Kinds.of(List.of(kind)));
        byte[] text =
                "graph: g\nresources: {lamp: [{name: a, colour: red}]}"
                        .getBytes(StandardCharsets.UTF_8);
        GraphReading.Valid valid =
                assertInstanceOf(GraphReading.Valid.class, reader.read("g.yaml", text));
        assertEquals(
                List.of(new Lamp(new ResourceId("lamp", "a"), Meta.NONE, "red")),
                valid.graph().resources());
    }
}
