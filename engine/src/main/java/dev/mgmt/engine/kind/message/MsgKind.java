package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.kind.message.MsgResource.Priority;
import dev.mgmt.engine.kind.message.MsgResource.Sink;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

final class MsgKind implements Kind {
    /** What the journal takes as a name; it drops entries' fields of other names silently. */
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    /** What has a field of the resource's own. */
    private static final Set<String> TAKEN = Set.of("MESSAGE", "PRIORITY");

    @Override
    public String name() {
        return "msg";
    }

    @Override
    public List<String> fields() {
        return List.of("body", "priority", "fields", "journal", "syslog");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        String body = fields.text("body").orElse("");
        Priority priority = priority(fields);
        Optional<Map<String, String>> extra = extra(fields);
        EnumSet<Sink> sinks = EnumSet.noneOf(Sink.class);
        if (fields.flag("journal")) {
            sinks.add(Sink.JOURNAL);
        }
        if (fields.flag("syslog")) {
            sinks.add(Sink.SYSLOG);
        }
        return extra.map(
                known -> new MsgResource(fields.id(), fields.meta(), body, priority, known, sinks));
    }

    private static Priority priority(Fields fields) {
        Optional<String> text = fields.filled("priority");
        for (Priority priority : Priority.values()) {
            if (text.isEmpty() ? priority == Priority.NOTICE : priority.word().equals(text.get())) {
                return priority;
            }
        }
        String known =
                Arrays.stream(Priority.values())
                        .map(priority -> "`" + priority.word() + "`")
                        .collect(Collectors.joining(", "));
        fields.problem(
                "priority",
                "`" + text.orElse("") + "` is not a priority of a message",
                "use one of " + known);
        return Priority.NOTICE;
    }

    /** Names in upper case, as the journal has them. */
    private static Optional<Map<String, String>> extra(Fields fields) {
        Map<String, String> extra = new TreeMap<>();
        boolean valid = true;
        for (Map.Entry<String, String> given : fields.textByName("fields").entrySet()) {
            String name = given.getKey().toUpperCase(Locale.ROOT);
            String wrong = "";
            if (!FIELD_NAME.matcher(name).matches()) {
                wrong = "`" + given.getKey() + "` cannot be the name of a field of the journal";
            } else if (TAKEN.contains(name)) {
                wrong = "`" + given.getKey() + "` cannot be set here";
            } else if (extra.put(name, given.getValue()) != null) {
                wrong = "`" + given.getKey() + "` is there twice, as names are in upper case";
            } else if (given.getValue().indexOf('\n') >= 0) {
                wrong = "the value of `" + given.getKey() + "` has more than one line";
            }
            if (!wrong.isEmpty()) {
                fields.problem("fields", wrong, advice(name));
                valid = false;
            }
        }
        return valid ? Optional.of(extra) : Optional.empty();
    }

    private static String advice(String name) {
        if (TAKEN.contains(name)) {
            return "use `body` and `priority`";
        }
        return FIELD_NAME.matcher(name).matches()
                ? ""
                : "use up to 64 letters, digits and `_`, a letter first";
    }
}
