package dev.mgmt.engine.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.MustacheParseException;
import com.samskivert.mustache.Template;
import dev.mgmt.engine.template.Data.NotText;
import dev.mgmt.engine.template.Data.NotYetSaid;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with variables in it, in Mustache's language. Nothing is escaped: what is written is no
 * web page. Nothing is included: a template is one text of one file. A name that nothing stands for
 * is never an empty text.
 */
public final class TemplateText {
    private static final Mustache.Compiler COMPILER =
            Mustache.compiler()
                    .escapeHTML(false)
                    .strictSections(true)
                    .withFormatter(Data::text)
                    .withCollector(new Data())
                    .withLoader(
                            name -> {
                                throw new MustacheException("`" + name + "` cannot be included");
                            });

    /** The library tells the line in its sentences only. */
    private static final Pattern LINE = Pattern.compile("(.*) @ line ([0-9]+)", Pattern.DOTALL);

    private final Template template;

    private TemplateText(Template template) {
        this.template = template;
    }

    /** What came of reading a template. */
    public sealed interface Parsing {
        record Parsed(TemplateText template) implements Parsing {}

        record Failed(TemplateFault.Malformed fault) implements Parsing {}
    }

    public static Parsing parse(String text) {
        try {
            TemplateText parsed = new TemplateText(COMPILER.compile(text));
            return parsed.includes().isEmpty()
                    ? new Parsing.Parsed(parsed)
                    : new Parsing.Failed(
                            new TemplateFault.Malformed(
                                    "`" + parsed.includes().getFirst() + "` cannot be included",
                                    0));
        } catch (MustacheParseException e) {
            return new Parsing.Failed(malformed(String.valueOf(e.getMessage())));
        } catch (MustacheException | StringIndexOutOfBoundsException e) {
            // The latter is how the library says that a tag is empty.
            return new Parsing.Failed(
                    new TemplateFault.Malformed("a tag has nothing, or no name, in it", 0));
        }
    }

    /** Every name it uses, in its order. */
    public List<String> names() {
        Collected all = new Collected(true);
        template.visit(all);
        return all.names;
    }

    /** Those outside of sections: inside, a name may be that of an element. */
    public List<String> namesOutside() {
        Collected outside = new Collected(false);
        template.visit(outside);
        return outside.names;
    }

    public Filling render(Scope scope) {
        try {
            return new Filling.Filled(template.execute(scope));
        } catch (NotYetSaid e) {
            return new Filling.Failed(e.fault());
        } catch (NotText e) {
            return new Filling.Failed(
                    new TemplateFault.Malformed(String.valueOf(e.getMessage()), 0));
        } catch (MustacheException.Context e) {
            return new Filling.Failed(
                    new TemplateFault.Unknown(e.key, scope.known(e.key), e.lineNo));
        }
    }

    private List<String> includes() {
        Collected all = new Collected(true);
        template.visit(all);
        return all.includes;
    }

    private static TemplateFault.Malformed malformed(String message) {
        Matcher matcher = LINE.matcher(message);
        return matcher.matches()
                ? new TemplateFault.Malformed(matcher.group(1), Integer.parseInt(matcher.group(2)))
                : new TemplateFault.Malformed(message, 0);
    }

    private static final class Collected implements Mustache.Visitor {
        private final boolean inSections;
        private final List<String> names = new ArrayList<>();
        private final List<String> includes = new ArrayList<>();

        private Collected(boolean inSections) {
            this.inSections = inSections;
        }

        @Override
        public void visitText(String text) {}

        @Override
        public void visitVariable(String name) {
            names.add(name);
        }

        @Override
        public boolean visitInclude(String name) {
            return include(name);
        }

        @Override
        public boolean visitParent(String name) {
            return include(name);
        }

        @Override
        public boolean visitBlock(String name) {
            return include(name);
        }

        private boolean include(String name) {
            includes.add(name);
            return false;
        }

        @Override
        public boolean visitSection(String name) {
            names.add(name);
            return inSections;
        }

        /** Is about nothing, so that names mean in it what they mean around it. */
        @Override
        public boolean visitInvertedSection(String name) {
            names.add(name);
            return true;
        }
    }
}
