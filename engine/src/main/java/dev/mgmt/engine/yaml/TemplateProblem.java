package dev.mgmt.engine.yaml;

import dev.mgmt.engine.graph.Templates.Need;
import dev.mgmt.engine.template.TemplateFault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is wrong with a template, in words. */
public final class TemplateProblem {
    private TemplateProblem() {}

    /**
     * Nobody gives this variable.
     *
     * @param others variables that the graph does not know of
     */
    public static InputProblem unknown(Need need, Collection<String> others) {
        List<String> known = new ArrayList<>(need.known());
        known.addAll(others);
        return new InputProblem(
                need.file(),
                need.line(),
                need.column(),
                noVariable(need.name()),
                advice(need.name(), known));
    }

    static void report(TemplateFault fault, Place at, Problems problems) {
        switch (fault) {
            case TemplateFault.Unknown(String name, List<String> known, int line) ->
                    problems.error(at, noVariable(name) + inLine(line), advice(name, known));
            case TemplateFault.Malformed(String sentence, int line) ->
                    problems.error(
                            at,
                            "this template cannot be read: " + sentence + inLine(line),
                            "the language is Mustache's");
            case TemplateFault.Awaited awaited ->
                    problems.error(
                            at,
                            named(awaited) + " is not in the store yet",
                            "only fields of a resource can wait for it, not its name or `meta`");
        }
    }

    static String named(TemplateFault.Awaited awaited) {
        return "kv[" + awaited.key() + "]." + awaited.host();
    }

    private static String noVariable(String name) {
        return "there is no variable `" + name + "`";
    }

    /** The place that is told is where the template begins. */
    private static String inLine(int line) {
        return line > 1 ? ", in line " + line + " of this template" : "";
    }

    private static String advice(String name, List<String> known) {
        return known.isEmpty()
                ? "declare it in `vars` of the graph or the inventory"
                : NearestName.advice(name, known);
    }
}
