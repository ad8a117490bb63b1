package dev.mgmt.engine.yaml;

import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.graph.Templates.Need;
import dev.mgmt.engine.template.Filling;
import dev.mgmt.engine.template.HostData;
import dev.mgmt.engine.template.Names;
import dev.mgmt.engine.template.Names.Meaning;
import dev.mgmt.engine.template.Scope;
import dev.mgmt.engine.template.TemplateText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What can be known of a file's templates where it is read. One that only needs the graph's own
 * variables is rendered at once; the others leave a stand-in, and what they still need.
 */
final class TemplateReading {
    private static final HostData NO_HOST =
            new HostData(new Value.Entries(Map.of()), new TreeMap<>());

    /** What YAML takes for nothing at all where it stands without quotes. */
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final String file;
    private final Problems problems;
    private final Value.Entries variables;
    private final Set<String> keys = new TreeSet<>();
    private final List<Need> needs = new ArrayList<>();
    private boolean whole = true;

    /**
     * @param variables the graph's own
     */
    TemplateReading(String file, Value.Entries variables, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.variables = variables;
    }

    /** Every template has been rendered. */
    boolean isWhole() {
        return whole;
    }

    Set<String> keys() {
        return keys;
    }

    List<Need> needs() {
        return needs;
    }

    ScalarNode read(ScalarNode node) {
        Place at = Place.of(node);
        return switch (TemplateText.parse(node.getValue())) {
            case TemplateText.Parsing.Failed failed -> {
                TemplateProblem.report(failed.fault(), at, problems);
                yield standIn(node);
            }
            case TemplateText.Parsing.Parsed(TemplateText template) ->
                    isKnown(template, at) ? rendered(node, template) : standIn(node);
        };
    }

    /** Whether all its names are known here; what can never be known is reported. */
    private boolean isKnown(TemplateText template, Place at) {
        Set<String> outside = new HashSet<>(template.namesOutside());
        boolean known = true;
        for (String name : template.names()) {
            switch (Names.meaning(name)) {
                case Meaning.OfSection() -> {}
                case Meaning.Fact() -> known = false;
                case Meaning.Stored(String key) -> {
                    keys.add(key);
                    known = false;
                }
                case Meaning.Wrong wrong -> {
                    TemplateProblem.report(wrong.fault(), at, problems);
                    known = false;
                }
                case Meaning.Variable() -> {
                    if (Names.find(variables, name).isEmpty()) {
                        known &= isOfGraph(name);
                        if (outside.contains(name) && !isOfGraph(name)) {
                            need(name, at);
                        }
                    }
                }
            }
        }
        return known;
    }

    /** Then it is a part of it that is not there, whatever others give. */
    private boolean isOfGraph(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && variables.entries().containsKey(name.substring(0, dot));
    }

    private void need(String name, Place at) {
        List<String> known = Names.all(variables);
        needs.add(new Need(name, known, file, at.line(), at.column()));
    }

    private ScalarNode rendered(ScalarNode node, TemplateText template) {
        return switch (template.render(new Scope(variables, NO_HOST))) {
            case Filling.Filled(String text) -> inPlaceOf(node, text);
            case Filling.Failed failed -> {
                TemplateProblem.report(failed.fault(), Place.of(node), problems);
                yield standIn(node);
            }
        };
    }

    private StandIn standIn(ScalarNode node) {
        whole = false;
        StandIn standIn = new StandIn(node, Optional.empty());
        problems.standIn(standIn);
        return standIn;
    }

    /** A number or a flag may come out of a template as well as a text. */
    static ScalarNode inPlaceOf(ScalarNode node, String text) {
        return new ScalarNode(
                Tag.STR,
                text,
                node.getStartMark(),
                node.getEndMark(),
                NULLS.contains(text) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
    }
}
