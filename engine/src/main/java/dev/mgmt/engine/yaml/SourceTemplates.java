package dev.mgmt.engine.yaml;

import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.Templates;
import dev.mgmt.engine.template.Filling;
import dev.mgmt.engine.template.HostData;
import dev.mgmt.engine.template.Scope;
import dev.mgmt.engine.template.TemplateFault;
import dev.mgmt.engine.template.TemplateText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The templates of a file, as the file itself: with all of them rendered it is read once more, so
 * that everything is checked as if the texts had been written like that.
 */
final class SourceTemplates implements Templates {
    private final GraphReader reader;
    private final String file;
    private final String text;
    private final Value.Entries variables;
    private final Set<String> keys;
    private final List<Need> needs;

    /** What the inventory says. */
    private final Map<String, String> others;

    /**
     * @param variables the graph's own
     */
    SourceTemplates(
            GraphReader reader,
            String file,
            String text,
            Value.Entries variables,
            TemplateReading found) {
        this(reader, file, text, variables, found.keys(), found.needs(), Map.of());
    }

    private SourceTemplates(
            GraphReader reader,
            String file,
            String text,
            Value.Entries variables,
            Set<String> keys,
            List<Need> needs,
            Map<String, String> others) {
        this.reader = reader;
        this.file = file;
        this.text = text;
        this.variables = variables;
        this.keys = Set.copyOf(keys);
        this.needs = List.copyOf(needs);
        this.others = Map.copyOf(others);
    }

    @Override
    public Set<String> keys() {
        return keys;
    }

    @Override
    public List<Need> needs() {
        return needs;
    }

    @Override
    public Templates given(Map<String, String> given) {
        return new SourceTemplates(reader, file, text, variables, keys, needs, given);
    }

    @Override
    public Rendering render(HostData host) {
        Map<String, Value> all = new LinkedHashMap<>();
        others.forEach((name, value) -> all.put(name, new Value.Scalar(value, Value.Style.PLAIN)));
        all.putAll(variables.entries());
        Scope scope = new Scope(new Value.Entries(all), host);
        Problems problems = new Problems(file);
        Optional<GraphDefinition> graph =
                reader.rendered(text, problems, node -> filled(node, scope, problems));
        List<String> errors = new ArrayList<>();
        problems.errors().forEach(problem -> errors.add(problem.toString()));
        return graph.isPresent() && errors.isEmpty()
                ? new Rendering.Rendered(graph.get())
                : new Rendering.Refused(errors);
    }

    private static ScalarNode filled(ScalarNode node, Scope scope, Problems problems) {
        return switch (TemplateText.parse(node.getValue())) {
            case TemplateText.Parsing.Failed failed -> failed(node, failed.fault(), problems);
            case TemplateText.Parsing.Parsed(TemplateText template) ->
                    switch (template.render(scope)) {
                        case Filling.Filled(String rendered) ->
                                TemplateReading.inPlaceOf(node, rendered);
                        case Filling.Failed(TemplateFault fault) -> failed(node, fault, problems);
                    };
        };
    }

    private static ScalarNode failed(ScalarNode node, TemplateFault fault, Problems problems) {
        if (fault instanceof TemplateFault.Awaited awaited) {
            StandIn standIn = new StandIn(node, Optional.of(awaited));
            problems.standIn(standIn);
            return standIn;
        }
        TemplateProblem.report(fault, Place.of(node), problems);
        return node;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceTemplates that
                && text.equals(that.text)
                && others.equals(that.others);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + others.hashCode();
    }
}
