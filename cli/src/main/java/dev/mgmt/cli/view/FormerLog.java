package dev.mgmt.cli.view;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Optional;

/** Lines of mgmt of old that scripts count: a file was looked at, found wanting, and mended. */
final class FormerLog {
    private FormerLog() {}

    static Optional<String> of(EngineEvent event) {
        return switch (event) {
            case EngineEvent.Applied(ResourceId resource, String property, _) ->
                    line(resource, property, true);
            case EngineEvent.WouldApply(ResourceId resource, String property, _) ->
                    line(resource, property, false);
            case EngineEvent.GraphSwitched _,
                    EngineEvent.GraphRefused _,
                    EngineEvent.Retrying _,
                    EngineEvent.Failed _,
                    EngineEvent.Output _,
                    EngineEvent.Notice _,
                    EngineEvent.StatusChanged _ ->
                    Optional.empty();
        };
    }

    private static Optional<String> line(ResourceId resource, String property, boolean apply) {
        if (!resource.kind().equals("file")) {
            return Optional.empty();
        }
        String check =
                switch (property) {
                    case "mode" -> "chmodCheckApply";
                    case "owner", "group" -> "chownCheckApply";
                    default -> "contentCheckApply";
                };
        return Optional.of("%s: %s(%b)".formatted(resource, check, apply));
    }
}
