package dev.mgmt.engine.yaml;

import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.resource.Kinds;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads graph files, and what other hosts export. Whatever the input, the answer is a value: no
 * input makes these methods throw, nest deeply or use memory out of proportion. Immutable, safe for
 * use by many threads.
 */
public final class GraphReader {
    private static final String GRAPH_BEGINS = "a graph file starts with `graph:`";
    private static final String EXPORT_BEGINS = "an export starts with `name:`";

    private final Kinds kinds;

    public GraphReader(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * Reads and checks one graph file.
     *
     * @param file as the user named it, for problems
     * @param bytes the whole file, which should be UTF-8
     */
    public GraphReading read(String file, byte[] bytes) {
        Problems problems = new Problems(file);
        Optional<GraphDefinition> graph =
                SourceText.decode(bytes, problems).flatMap(text -> read(file, text, problems));
        List<InputProblem> errors = problems.errors();
        return graph.isPresent() && errors.isEmpty()
                ? new GraphReading.Valid(graph.get(), problems.warnings())
                : new GraphReading.Invalid(errors);
    }

    private Optional<GraphDefinition> read(String file, String text, Problems problems) {
        Optional<MappingNode> top = NodeTree.compose(text, GRAPH_BEGINS, problems);
        if (top.isEmpty()) {
            return Optional.empty();
        }
        Value.Entries variables =
                new VarsReader(problems).read(YamlMap.of(top.get(), problems).get(VarsReader.KEY));
        if (!text.contains(TemplatePlaces.TEMPLATE.getValue())) {
            return top.map(new GraphFile(kinds, problems)::read);
        }
        TemplateReading templates = new TemplateReading(file, variables, problems);
        new TemplatePlaces(problems, templates::read).fill(top.get());
        GraphDefinition graph = new GraphFile(kinds, problems).read(top.get());
        return Optional.of(
                templates.isWhole()
                        ? graph
                        : graph.with(new SourceTemplates(this, file, text, variables, templates)));
    }

    /** Reads once more what is known to be a graph file, with other texts for its templates. */
    Optional<GraphDefinition> rendered(
            String text, Problems problems, Function<ScalarNode, ScalarNode> filling) {
        Optional<MappingNode> top = NodeTree.compose(text, GRAPH_BEGINS, problems);
        top.ifPresent(new TemplatePlaces(problems, filling)::fill);
        return top.map(new GraphFile(kinds, problems)::read);
    }

    /**
     * Checks a graph that a program has made, as a file is checked. The place of a problem is the
     * resource or edge it is about, in the problem's {@code file}; lines and columns are 0.
     */
    public GraphReading read(String name, List<PlainStatement> statements) {
        Problems problems = new Problems("");
        GraphDefinition graph =
                new GraphFile(kinds, problems).read(PlainNodes.graph(name, statements));
        List<InputProblem> errors = named(problems.errors(), name, statements);
        return errors.isEmpty()
                ? new GraphReading.Valid(graph, named(problems.warnings(), name, statements))
                : new GraphReading.Invalid(errors);
    }

    private static List<InputProblem> named(
            List<InputProblem> problems, String graph, List<PlainStatement> statements) {
        return problems.stream()
                .map(
                        problem ->
                                new InputProblem(
                                        problem.line() == 0
                                                ? "graph " + graph
                                                : named(statements.get(problem.line() - 1)),
                                        0,
                                        0,
                                        problem.message(),
                                        problem.advice()))
                .toList();
    }

    private static String named(PlainStatement statement) {
        return switch (statement) {
            case PlainStatement.Resource(String kind, String name, _, _) -> kind + "[" + name + "]";
            case PlainStatement.Order(ResourceId from, ResourceId to) -> from + " -> " + to;
            case PlainStatement.Notify(ResourceId from, ResourceId to) -> from + " ~> " + to;
            case PlainStatement.Collect(String kind, _) -> "collect of " + kind;
        };
    }

    /**
     * Reads a resource that a host exported and puts it where this host collects it.
     *
     * @param origin where the text comes from, for problems, such as the key in the store
     * @param id what the export is stored as
     * @param text as in {@code GraphDefinition.Export}
     * @param pattern of the {@code collect} entry; may be empty
     */
    public ExportReading readExport(String origin, ResourceId id, String text, String pattern) {
        Problems problems = new Problems(origin);
        Optional<Resource> resource =
                SourceText.decode(text.getBytes(StandardCharsets.UTF_8), problems)
                        .flatMap(source -> NodeTree.compose(source, EXPORT_BEGINS, problems))
                        .map(
                                top -> {
                                    // It was rendered where it comes from.
                                    new TemplatePlaces(problems, node -> node).refuse(top);
                                    return YamlMap.of(top, problems);
                                })
                        .flatMap(fields -> exported(id, fields, pattern, problems));
        List<InputProblem> errors = problems.errors();
        return resource.isPresent() && errors.isEmpty()
                ? new ExportReading.Valid(resource.get())
                : new ExportReading.Invalid(errors);
    }

    private Optional<Resource> exported(
            ResourceId id, YamlMap fields, String pattern, Problems problems) {
        KindNames names = new KindNames(kinds, problems);
        ResourceReader reader = new ResourceReader(names, problems);
        return names.find(id.kind(), fields.place())
                .flatMap(kind -> reader.readExport(kind, id, fields, pattern));
    }
}
