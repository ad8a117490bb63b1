package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.SvcResource.State;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

final class NspawnKind implements Kind {
    /** Names of machines are names of hosts to systemd. */
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    @Override
    public String name() {
        return "nspawn";
    }

    @Override
    public List<String> fields() {
        return List.of("state");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        State state = States.runningOrStopped(fields).orElse(State.RUNNING);
        String name = fields.id().name();
        if (!VALID.matcher(name).matches()) {
            fields.problem(
                    "name",
                    "`" + name + "` cannot be the name of a container",
                    "use up to 64 letters, digits, `-`, `_` and `.`");
            return Optional.empty();
        }
        return Optional.of(new NspawnResource(fields.id(), fields.meta(), state));
    }
}
