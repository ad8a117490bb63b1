package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class CronKind implements Kind {
    /** cron skips files in its directory that are called otherwise. */
    private static final String FILE_NAME = "[A-Za-z0-9_-]{1,200}";

    @Override
    public String name() {
        return "cron";
    }

    @Override
    public List<String> fields() {
        return List.of(
                "state", "minute", "hour", "day", "month", "weekday", "special", "user", "command",
                "env");
    }

    @Override
    public List<String> receivable() {
        return List.of("command");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        if (!fields.id().name().matches(FILE_NAME)) {
            fields.problem(
                    "name",
                    "`" + fields.id().name() + "` cannot be the name of a file that cron reads",
                    "use letters, digits, `_` and `-`");
        }
        Presence state = Presence.of(fields, "a cron entry", Presence.EXISTS);
        String time = CronTime.of(fields);
        String user = fields.filled("user").orElse("root");
        if (!user.matches("[A-Za-z0-9_][A-Za-z0-9_.$-]*")) {
            fields.problem("user", "`" + user + "` cannot be the name of a user", "");
        }
        String command = command(fields, state);
        Map<String, String> environment = environment(fields);
        return Optional.of(
                new CronResource(
                        fields.id(), fields.meta(), state, time, user, command, environment));
    }

    private static String command(Fields fields, Presence state) {
        String command = fields.filled("command").orElse("");
        if (command.isBlank() && state == Presence.EXISTS) {
            fields.problem("command", "`command` is missing", "say what should run");
        }
        OneLine.check(fields, "command", command);
        return command.strip();
    }

    private static Map<String, String> environment(Fields fields) {
        Map<String, String> environment = fields.textByName("env");
        environment.forEach(
                (name, value) -> {
                    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                        fields.problem(
                                "env",
                                "`" + name + "` cannot be the name of an environment variable",
                                "use letters, digits and `_`");
                    }
                    if (value.indexOf('"') >= 0 && value.indexOf('\'') >= 0) {
                        fields.problem(
                                "env",
                                "cron cannot read the value of `"
                                        + name
                                        + "`, which has both quotes",
                                "set it within `command`");
                    }
                    OneLine.check(fields, "env", value);
                });
        return environment;
    }
}
