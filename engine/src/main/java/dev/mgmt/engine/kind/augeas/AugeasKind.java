package dev.mgmt.engine.kind.augeas;

import dev.mgmt.engine.kind.augeas.AugeasResource.Setting;
import dev.mgmt.engine.kind.augeas.AugeasResource.Target;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Paths;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

final class AugeasKind implements Kind {
    private static final Pattern LENS = Pattern.compile("[A-Z][A-Za-z0-9_]*[.][a-z][A-Za-z0-9_]*");

    @Override
    public String name() {
        return "augeas";
    }

    @Override
    public List<String> fields() {
        return List.of("file", "lens", "sets");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Optional<String> file = fields.filled("file");
        Optional<String> lens = fields.filled("lens");
        if (file.isPresent() != lens.isPresent()) {
            fields.problem(
                    file.isPresent() ? "file" : "lens",
                    "`file` and `lens` go together",
                    "give both, or neither and full paths in `sets`");
        }
        if (lens.isPresent() && !LENS.matcher(lens.get()).matches()) {
            fields.problem(
                    "lens",
                    "`" + lens.get() + "` is not the name of a lens",
                    "write it as Sshd.lns or Hosts.lns");
        }
        Optional<Path> path = file.flatMap(text -> Paths.absolute(fields, "file", text));
        Optional<Target> target = path.flatMap(known -> lens.map(name -> new Target(known, name)));
        List<Setting> settings = settings(fields);
        return Optional.of(new AugeasResource(fields.id(), fields.meta(), target, settings));
    }

    private static List<Setting> settings(Fields fields) {
        List<Setting> settings = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        List<Map<String, String>> items = fields.records("sets");
        if (items.isEmpty()) {
            fields.warning("sets", "without `sets` nothing is set", "");
        }
        for (Map<String, String> item : items) {
            String path = item.getOrDefault("path", "");
            String value = item.get("value");
            if (path.isEmpty() || value == null || item.size() > 2) {
                fields.problem(
                        "sets",
                        "each of `sets` has a `path` and a `value`, and nothing else",
                        "write it as {path: Port, value: 22}");
            } else if (path.chars().anyMatch(Character::isISOControl) || value.indexOf('\0') >= 0) {
                fields.problem("sets", "a path is one line, and no value has a NUL in it", "");
            } else if (!paths.add(path)) {
                fields.problem("sets", "`" + path + "` is set twice", "keep one of them");
            } else {
                settings.add(new Setting(path, value));
            }
        }
        return settings;
    }
}
