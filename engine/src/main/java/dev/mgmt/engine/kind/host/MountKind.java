package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Paths;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class MountKind implements Kind {
    @Override
    public String name() {
        return "mount";
    }

    @Override
    public List<String> fields() {
        return List.of("path", "state", "device", "type", "options", "freq", "passno", "persist");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Optional<String> written = fields.filled("path");
        String field = written.isPresent() ? "path" : "name";
        Optional<Path> point = Paths.absolute(fields, field, written.orElse(fields.id().name()));
        Presence state = Presence.of(fields, "a mount", Presence.EXISTS);
        if (state == Presence.ABSENT
                && point.filter(path -> path.getNameCount() == 0).isPresent()) {
            fields.problem("state", "the root file system cannot be unmounted", "");
        }
        String device = word(fields, "device", "");
        if (device.isEmpty() && state == Presence.EXISTS) {
            fields.problem("device", "`device` is missing", "say what should be mounted");
        }
        List<String> options = options(fields);
        boolean binds = options.contains("bind") || options.contains("rbind");
        String type = word(fields, "type", binds ? "none" : "auto");
        int freq = digit(fields, "freq");
        int passno = digit(fields, "passno");
        Extent extent = Extent.persisted(fields);
        return point.map(
                path ->
                        new MountResource(
                                fields.id(),
                                fields.meta(),
                                state,
                                path,
                                device,
                                type,
                                options,
                                freq,
                                passno,
                                extent));
    }

    private static int digit(Fields fields, String field) {
        long digit = fields.integer(field).orElse(0);
        if (digit < 0 || digit > 9) {
            fields.problem(field, "`" + field + "` must be between 0 and 9", "0 means never");
            return 0;
        }
        return (int) digit;
    }

    private static List<String> options(Fields fields) {
        List<String> options = List.of(word(fields, "options", "defaults").split(",", -1));
        for (String option : options) {
            if (option.startsWith("password=") || option.startsWith("pass=")) {
                fields.problem(
                        "options",
                        "a password in `options` could be read by everybody on the host",
                        "put it into a file and use `credentials=FILE`");
            }
        }
        return options;
    }

    private static String word(Fields fields, String field, String otherwise) {
        String text = fields.filled(field).orElse(otherwise);
        boolean blanks = !field.equals("device") && text.indexOf(' ') >= 0;
        if (blanks || text.chars().anyMatch(c -> c < ' ' || c == 127) || text.startsWith("-")) {
            fields.problem(
                    field,
                    "`" + text + "` cannot be the `" + field + "` of a mount",
                    "without control characters, without `-` at its start"
                            + (field.equals("device") ? "" : ", without blanks"));
        }
        return text;
    }
}
