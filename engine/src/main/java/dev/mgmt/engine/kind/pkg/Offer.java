package dev.mgmt.engine.kind.pkg;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the package manager's lists say of one package.
 *
 * @param candidate the version it would install; absent where the name is only provided by others
 * @param sections by version, the sections of the archive that offer it, as far as there are such
 */
record Offer(Optional<String> candidate, Map<String, Set<String>> sections) {
    Offer {
        sections = Map.copyOf(new LinkedHashMap<>(sections));
    }
}
