package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A package of the host's package manager; its name is the resource's.
 *
 * @param allows what else may be done to have it
 */
public record PkgResource(ResourceId id, Meta meta, State state, Set<Allow> allows)
        implements Resource {
    public PkgResource {
        allows = allows.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(allows));
    }

    /** How the package should be. */
    public sealed interface State {
        /** There, in whatever version. */
        record Installed() implements State {}

        record Uninstalled() implements State {}

        /** There, in the newest version that the lists know. */
        record Newest() implements State {}

        /**
         * There, in this version and no other.
         *
         * @param version as the package manager spells it, epoch and revision included
         */
        record Version(String version) implements State {}
    }

    /** What is not done unless a resource allows it. */
    public enum Allow {
        UNTRUSTED,
        NONFREE,
        UNSUPPORTED,
        DOWNGRADE
    }

    /** The name by which the package manager knows it. */
    public String packageName() {
        return id.name();
    }

    @Override
    public List<Thing> makes() {
        return switch (state) {
            case State.Installed(), State.Newest(), State.Version(String _) ->
                    List.of(new Thing.SoftwarePackage(packageName()));
            case State.Uninstalled() -> List.of();
        };
    }

    @Override
    public List<Thing> removes() {
        return switch (state) {
            case State.Uninstalled() -> List.of(new Thing.SoftwarePackage(packageName()));
            case State.Installed(), State.Newest(), State.Version(String _) -> List.of();
        };
    }

    @Override
    public Optional<Resource> reversed() {
        return switch (state) {
            case State.Installed(), State.Newest(), State.Version(String _) ->
                    Optional.of(new PkgResource(id, meta, new State.Uninstalled(), allows));
            case State.Uninstalled() -> Optional.empty();
        };
    }
}
