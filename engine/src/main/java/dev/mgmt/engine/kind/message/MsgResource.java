package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says something once, and again when it is refreshed.
 *
 * @param extra further fields of the journal's entry, by their names in upper case
 * @param sinks where it is said beside the log
 */
public record MsgResource(
        ResourceId id,
        Meta meta,
        String body,
        Priority priority,
        Map<String, String> extra,
        Set<Sink> sinks)
        implements Resource {
    public MsgResource {
        extra = Collections.unmodifiableMap(new TreeMap<>(extra));
        sinks = sinks.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(sinks));
    }

    /** What was said is said: nothing is to be undone. */
    @Override
    public Optional<Resource> reversed() {
        return Optional.of(new NoopResource(id, meta, ""));
    }

    /** As syslog(3) has them. */
    public enum Priority {
        EMERG(0, "Emerg"),
        ALERT(1, "Alert"),
        CRIT(2, "Crit"),
        ERR(3, "Err"),
        WARNING(4, "Warning"),
        NOTICE(5, "Notice"),
        INFO(6, "Info"),
        DEBUG(7, "Debug");

        private final int level;
        private final String word;

        Priority(int level, String word) {
            this.level = level;
            this.word = word;
        }

        /** Lower is worse. */
        public int level() {
            return level;
        }

        /** As it stands in graphs. */
        public String word() {
            return word;
        }
    }

    /** Where a host keeps messages. */
    public enum Sink {
        JOURNAL,
        SYSLOG
    }
}
