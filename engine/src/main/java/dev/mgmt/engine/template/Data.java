package dev.mgmt.engine.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.mgmt.engine.exchange.Value;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the library finds when it looks a name up. It is given values as they are and asks this
 * class what they mean; it never looks into objects by itself.
 */
final class Data implements Mustache.Collector {
    private static final String ITSELF = ".";

    /** What a host may say, and does not say yet: fine as a section, which is then skipped. */
    record Unsaid(String key, String host) {}

    /** What all hosts say under a key. */
    record Said(SortedMap<String, String> byHost) {}

    /** One host of them. */
    record SaidBy(String host, String value) {}

    /** Thrown through the library: a list or a mapping stands where a text is to be. */
    static final class NotText extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotText(String message) {
            super(message, null, false, false);
        }
    }

    /** Thrown through the library: what is to be written is not said yet. */
    static final class NotYetSaid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String key;
        private final String host;

        NotYetSaid(Unsaid unsaid) {
            super("not said yet", null, false, false);
            key = unsaid.key();
            host = unsaid.host();
        }

        TemplateFault fault() {
            return new TemplateFault.Awaited(key, host);
        }
    }

    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Value.Scalar(String text, Value.Style _) -> text;
            case Unsaid unsaid -> throw new NotYetSaid(unsaid);
            case SaidBy one -> one.value();
            case Value.Items _, Said _ ->
                    throw new NotText("a list cannot be written out: use a section");
            case Value.Entries _ ->
                    throw new NotText("a mapping cannot be written out: name one of its values");
            default -> String.valueOf(value); // The library's own -index.
        };
    }

    /** Over what a section goes. None: it is gone through once, with the value in place. */
    @Override
    public @Nullable Iterator<?> toIterator(@Nullable Object value) {
        return switch (value) {
            case Value.Items(List<Value> items) -> items.iterator();
            case Said(SortedMap<String, String> byHost) ->
                    byHost.entrySet().stream()
                            .map(entry -> new SaidBy(entry.getKey(), entry.getValue()))
                            .iterator();
            case Unsaid _ -> Collections.emptyIterator();
            case Value.Scalar(String text, Value.Style style) when isFalse(text, style) ->
                    Collections.emptyIterator();
            case Iterable<?> none -> none.iterator(); // The library's own, for null.
            case null, default -> null;
        };
    }

    private static boolean isFalse(String text, Value.Style style) {
        return text.isEmpty() || (style == Value.Style.PLAIN && text.equals("false"));
    }

    @Override
    public Mustache.VariableFetcher createFetcher(Object in, String name) {
        return Data::find;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
        return new ConcurrentHashMap<>();
    }

    private static Object find(Object in, String name) {
        if (name.equals(ITSELF) || name.equals("this")) {
            return in;
        }
        return switch (in) {
            case Scope scope -> scope.find(name).orElse(Template.NO_FETCHER_FOUND);
            case Value.Entries(Map<String, Value> entries) ->
                    entries.containsKey(name) ? entries.get(name) : Template.NO_FETCHER_FOUND;
            case SaidBy one when name.equals("host") -> one.host();
            case SaidBy one when name.equals("value") -> one.value();
            default -> Template.NO_FETCHER_FOUND;
        };
    }
}
