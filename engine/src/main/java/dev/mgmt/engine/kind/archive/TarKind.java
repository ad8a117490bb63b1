package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.kind.archive.TarResource.Clash;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Paths;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class TarKind implements Kind {
    private static final int MOST_STRIPPED = 100;

    @Override
    public String name() {
        return "tar";
    }

    @Override
    public List<String> fields() {
        return List.of("path", "source", "strip", "owner", "group", "force");
    }

    @Override
    public List<String> receivable() {
        return List.of("source", "owner", "group");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Optional<Path> path = path(fields);
        Optional<Path> source = source(fields);
        long strip = fields.integer("strip").orElse(0);
        if (strip < 0 || strip > MOST_STRIPPED) {
            fields.problem("strip", "`strip` must be between 0 and " + MOST_STRIPPED, "");
        }
        Optional<String> owner = fields.filled("owner");
        Optional<String> group = fields.filled("group");
        Clash clash = fields.flag("force") ? Clash.IS_REPLACED : Clash.IS_ERROR;
        if (path.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new TarResource(
                        fields.id(),
                        fields.meta(),
                        path.get(),
                        source.get(),
                        (int) strip,
                        owner,
                        group,
                        clash));
    }

    private static Optional<Path> path(Fields fields) {
        Optional<String> given = fields.filled("path");
        String field = given.isPresent() ? "path" : "name";
        return Paths.absolute(fields, field, given.orElse(fields.id().name()));
    }

    private static Optional<Path> source(Fields fields) {
        Optional<String> source = fields.filled("source");
        if (source.isEmpty()) {
            fields.problem("source", "`source` is missing", "say which archive to unpack");
        }
        return source.flatMap(text -> Paths.absolute(fields, "source", text));
    }
}
