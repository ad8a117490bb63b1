package dev.mgmt.engine.template;

import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.template.Data.Said;
import dev.mgmt.engine.template.Data.Unsaid;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All names a template may use on one host: variables by their plain names, facts below {@code
 * facts.}, what hosts say in the store as {@code kv[key]}.
 */
public final class Scope {
    static final String FACTS = "facts";

    private final Value.Entries variables;
    private final HostData host;

    /**
     * @param variables of the graph and the inventory, joined
     */
    public Scope(Value.Entries variables, HostData host) {
        this.variables = variables;
        this.host = host;
    }

    Optional<Object> find(String name) {
        Optional<StoredName> stored = StoredName.parse(name);
        if (stored.isPresent()) {
            return Optional.of(find(stored.get()));
        }
        if (name.equals(FACTS)) {
            return Optional.of(host.facts());
        }
        return Names.isFact(name)
                ? Names.find(host.facts(), name.substring(FACTS.length() + 1)).map(found -> found)
                : Names.find(variables, name).map(found -> found);
    }

    private Object find(StoredName stored) {
        SortedMap<String, String> said =
                host.values().getOrDefault(stored.key(), Collections.emptySortedMap());
        if (stored.host().isEmpty()) {
            return new Said(said);
        }
        String by = stored.host().get();
        String value = said.get(by);
        return value == null
                ? new Unsaid(stored.key(), by)
                : new Value.Scalar(value, Value.Style.PLAIN);
    }

    /** Names like this one. */
    List<String> known(String name) {
        if (Names.isFact(name)) {
            return Names.facts();
        }
        return Names.all(variables);
    }
}
