package dev.mgmt.engine.yaml;

import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Text to YAML nodes: one document, one mapping, nothing that grows out of bounds. */
final class NodeTree {
    /** Graph files nest 6 deep; this leaves room for whoever generates them. */
    static final int MAX_DEPTH = 50;

    private NodeTree() {}

    /**
     * The top mapping. Free of cycles, and bounded in size with all aliases written out.
     *
     * @param advice how such a text begins
     */
    static Optional<MappingNode> compose(String text, String advice, Problems problems) {
        Parser parser = new DepthGuard(new ParserImpl(new Places(text), options()), MAX_DEPTH);
        try {
            Composer composer = new Composer(parser, new SourceTextOnly(), options());
            if (!composer.checkNode()) {
                problems.error(Place.START, "there is nothing in it", advice);
                return Optional.empty();
            }
            Node top = composer.getNode();
            if (!parser.checkEvent(Event.ID.StreamEnd)) {
                problems.error(
                        Place.of(parser.peekEvent().getStartMark()),
                        "a second document begins here",
                        "put each graph into a file of its own");
                return Optional.empty();
            }
            return new NodeAudit(problems).passes(top)
                    ? mapping(top, advice, problems)
                    : Optional.empty();
        } catch (DepthGuard.TooDeep e) {
            problems.error(e.place(), "nested more than " + MAX_DEPTH + " deep", "");
        } catch (MarkedYAMLException e) {
            SyntaxProblem.report(e, problems);
        } catch (YAMLException e) {
            problems.error(Place.START, "not valid YAML: " + e.getMessage(), "");
        }
        return Optional.empty();
    }

    private static Optional<MappingNode> mapping(Node top, String advice, Problems problems) {
        if (top instanceof MappingNode mapping) {
            return Optional.of(mapping);
        }
        boolean blank = NodeValues.isNull(top);
        problems.error(
                Place.of(top),
                blank ? "there is nothing in it" : "a mapping of keys to values belongs here",
                advice);
        return Optional.empty();
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        // Size, depth and aliases have limits of our own, which tell where they were passed.
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(Integer.MAX_VALUE);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setTagInspector(_ -> true);
        return options;
    }

    /**
     * The library's marks keep the text around them alive, four bytes a character, and several are
     * made of each place. Nodes hold two each for as long as the file is being read.
     */
    private static final class Places extends StreamReader {
        private static final int[] NO_TEXT = {};

        private Mark last = new Mark("", 0, 0, 0, NO_TEXT, 0);

        private Places(String text) {
            super(text);
        }

        @Override
        public Mark getMark() {
            if (last.getIndex() != getIndex()) {
                last = new Mark("", getIndex(), getLine(), getColumn(), NO_TEXT, 0);
            }
            return last;
        }
    }

    /**
     * Tells null and merge keys apart from text and guesses no other type. The library's own way
     * tries patterns on every text; there are many texts in a file.
     */
    private static final class SourceTextOnly extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // Whatever is not told by resolve() is text.
        }

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            if (kind != NodeId.scalar || !implicit) {
                return super.resolve(kind, value, implicit);
            }
            return switch (value) {
                case "", "~", "null", "Null", "NULL" -> Tag.NULL;
                case "<<" -> Tag.MERGE;
                default -> Tag.STR;
            };
        }
    }
}
