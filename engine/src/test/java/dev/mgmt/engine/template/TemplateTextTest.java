package dev.mgmt.engine.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.exchange.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TemplateTextTest {
    private final Map<String, Value> variables = new LinkedHashMap<>();
    private final TreeMap<String, java.util.SortedMap<String, String>> values = new TreeMap<>();

    private static Value text(String text) {
        return new Value.Scalar(text, Value.Style.PLAIN);
    }

    private Filling rendering(String template) {
        TemplateText parsed =
                assertInstanceOf(
                                TemplateText.Parsing.Parsed.class,
                                TemplateText.parse(template),
                                () -> TemplateText.parse(template).toString())
                        .template();
        Value.Entries facts =
                new Value.Entries(Map.of("os", new Value.Entries(Map.of("id", text("debian")))));
        return parsed.render(new Scope(new Value.Entries(variables), new HostData(facts, values)));
    }

    private String rendered(String template) {
        return assertInstanceOf(Filling.Filled.class, rendering(template)).text();
    }

    private TemplateFault fault(String template) {
        return assertInstanceOf(Filling.Failed.class, rendering(template)).fault();
    }

    private TemplateFault.Malformed malformed(String template) {
        return assertInstanceOf(
                        TemplateText.Parsing.Failed.class,
                        TemplateText.parse(template),
                        () -> TemplateText.parse(template).toString())
                .fault();
    }

    @Test
    void nothingIsEscapedAndNothingElseIsTouched() {
        variables.put("x", text("<a href=\"b\">&'`=/ü"));
        assertEquals("<a href=\"b\">&'`=/ü${x} $(x) {x}\n", rendered("{{x}}${x} $(x) {x}\n"));
        assertEquals("<a href=\"b\">&'`=/ü", rendered("{{{x}}}"));
    }

    @Test
    void factsVariablesAndWhatHostsSayHaveNamesOfTheirOwn() {
        variables.put("role", text("web"));
        variables.put("db", new Value.Entries(Map.of("port", text("0741"))));
        values.put("web/port", new TreeMap<>(Map.of("h.2", "82", "h1", "81")));
        assertEquals(
                "debian web 0741 82",
                rendered("{{facts.os.id}} {{role}} {{db.port}} {{kv[web/port].h.2}}"));
    }

    @Test
    void aSectionGoesOverAListAndOverWhatHostsSay() {
        variables.put("names", new Value.Items(List.of(text("a"), text("b"))));
        variables.put(
                "users", new Value.Items(List.of(new Value.Entries(Map.of("name", text("bob"))))));
        values.put("port", new TreeMap<>(Map.of("h2", "82", "h1", "81")));
        assertEquals("a,b;", rendered("{{#names}}{{^-first}},{{/-first}}{{.}}{{/names}};"));
        assertEquals("bob", rendered("{{#users}}{{name}}{{/users}}"));
        assertEquals(
                "server h1:81\nserver h2:82\n",
                rendered("{{#kv[port]}}\nserver {{host}}:{{value}}\n{{/kv[port]}}\n"));
        assertEquals("none", rendered("{{#kv[x]}}some{{/kv[x]}}{{^kv[x]}}none{{/kv[x]}}"));
    }

    @Test
    void falseAndEmptyAndUnsaidSkipASection() {
        variables.put("no", text("false"));
        variables.put("quoted", new Value.Scalar("false", Value.Style.QUOTED));
        variables.put("empty", text(""));
        variables.put("yes", text("true"));
        for (String name : List.of("no", "empty", "kv[port].h1")) {
            assertEquals(
                    "B", rendered("{{#%1$s}}A{{/%1$s}}{{^%1$s}}B{{/%1$s}}".formatted(name)), name);
        }
        for (String name : List.of("yes", "quoted")) {
            assertEquals("A", rendered("{{#%1$s}}A{{/%1$s}}".formatted(name)), name);
        }
        assertEquals("false  true", rendered("{{no}} {{empty}} {{yes}}"));
    }

    @Test
    void anUnknownNameIsNoEmptyText() {
        variables.put("role", text("web"));
        assertEquals(
                new TemplateFault.Unknown("rolle", List.of("role"), 2),
                fault("a\nb {{rolle}} {{role}}"));
        assertEquals(new TemplateFault.Unknown("x", List.of("role"), 1), fault("{{#x}}{{/x}}"));
        assertEquals(new TemplateFault.Unknown("x", List.of("role"), 1), fault("{{^x}}{{/x}}"));
        assertEquals("role.x", ((TemplateFault.Unknown) fault("{{role.x}}")).name());
        assertEquals("facts.os.idd", ((TemplateFault.Unknown) fault("{{facts.os.idd}}")).name());
    }

    @Test
    void whatAHostDoesNotSayYetIsAwaited() {
        assertEquals(new TemplateFault.Awaited("port", "h1"), fault("{{kv[port].h1}}"));
    }

    @Test
    void aListIsNotWrittenOut() {
        variables.put("names", new Value.Items(List.of()));
        variables.put("map", new Value.Entries(Map.of()));
        for (String name : List.of("names", "map", "kv[port]", "facts.os")) {
            assertInstanceOf(TemplateFault.Malformed.class, fault("{{" + name + "}}"), name);
        }
    }

    @Test
    void whatIsNoTemplateIsToldWithItsLine() {
        assertEquals(
                new TemplateFault.Malformed("Section missing close tag 'x'", 2),
                malformed("a\n{{#x}}b"));
        assertEquals(
                new TemplateFault.Malformed("Section close tag with no open tag 'x'", 1),
                malformed("{{/x}}"));
        assertEquals("`other` cannot be included", malformed("{{>other}}").sentence());
        assertEquals("a tag has nothing, or no name, in it", malformed("{{}}").sentence());
        malformed("{{ }}");
        malformed("{{{x}}");
        malformed("{{=x=}}");
        malformed("{{a\nb}}");
    }

    @Test
    void namesAreKnownBeforeItIsRendered() {
        TemplateText parsed =
                assertInstanceOf(
                                TemplateText.Parsing.Parsed.class,
                                TemplateText.parse("{{a}}{{#b}}{{c}}{{/b}}{{^d}}{{e}}{{/d}}"))
                        .template();
        assertEquals(List.of("a", "b", "c", "d", "e"), parsed.names());
        assertEquals(List.of("a", "b", "d", "e"), parsed.namesOutside());
    }
}
