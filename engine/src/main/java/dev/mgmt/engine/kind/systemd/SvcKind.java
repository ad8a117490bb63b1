package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.SvcResource.Scope;
import dev.mgmt.engine.kind.systemd.SvcResource.Startup;
import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;

final class SvcKind implements Kind {
    @Override
    public String name() {
        return "svc";
    }

    @Override
    public List<String> fields() {
        return List.of("state", "startup", "session");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Optional<State> state = States.runningOrStopped(fields);
        Optional<Startup> startup = startup(fields);
        Scope scope = fields.flag("session") ? Scope.SESSION : Scope.HOST;
        Optional<String> unit = UnitName.of(fields.id().name());
        if (unit.isEmpty()) {
            fields.problem(
                    "name",
                    "`" + fields.id().name() + "` cannot be the name of a unit",
                    "write it as in `nginx` or `nginx.service`");
        }
        return unit.map(
                known -> new SvcResource(fields.id(), fields.meta(), known, state, startup, scope));
    }

    private static Optional<Startup> startup(Fields fields) {
        Optional<String> startup = fields.filled("startup");
        if (startup.isEmpty()) {
            return Optional.empty();
        }
        return switch (startup.get()) {
            case "enabled" -> Optional.of(Startup.ENABLED);
            case "disabled" -> Optional.of(Startup.DISABLED);
            default -> {
                fields.problem(
                        "startup",
                        "`" + startup.get() + "` is no way for a service to start",
                        "use `enabled` or `disabled`, or leave it out");
                yield Optional.empty();
            }
        };
    }
}
