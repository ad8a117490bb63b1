package dev.mgmt.engine.yaml;

import dev.mgmt.engine.template.TemplateFault.Awaited;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * In place of a template that cannot be rendered here and now. Its text is the template's own, so
 * that what is named by the same template has the same name.
 */
final class StandIn extends ScalarNode {
    /** What its host waits for; empty: it is not the host that reads it. */
    private final Optional<Awaited> awaited;

    StandIn(ScalarNode template, Optional<Awaited> awaited) {
        super(
                Tag.STR,
                template.getValue(),
                template.getStartMark(),
                template.getEndMark(),
                template.getScalarStyle());
        this.awaited = awaited;
    }

    Optional<Awaited> awaited() {
        return awaited;
    }

    /** The first one in a value, if there is one. */
    static Optional<StandIn> in(Node value) {
        return switch (value) {
            case StandIn standIn -> Optional.of(standIn);
            case SequenceNode list ->
                    list.getValue().stream().flatMap(item -> in(item).stream()).findFirst();
            case MappingNode map ->
                    map.getValue().stream()
                            .flatMap(entry -> in(entry.getValueNode()).stream())
                            .findFirst();
            default -> Optional.empty();
        };
    }
}
