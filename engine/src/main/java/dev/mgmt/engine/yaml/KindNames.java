package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Kinds;
import java.util.Optional;

/** Looks kinds up and says what is wrong with those that are not there. */
record KindNames(Kinds kinds, Problems problems) {
    Optional<Kind> find(String name, Place at) {
        Optional<Kind> kind = kinds.find(name);
        if (kind.isEmpty()) {
            report(name, at);
        }
        return kind;
    }

    private void report(String name, Place at) {
        if (kinds.isPlanned(name)) {
            problems.error(at, "this version does not support the kind `" + name + "` yet", "");
        } else {
            problems.error(
                    at, "there is no kind `" + name + "`", NearestName.advice(name, kinds.names()));
        }
    }
}
