package dev.mgmt.engine.kind.systemd;

import java.util.List;
import java.util.Map;

/**
 * A unit as systemd has it at one moment.
 *
 * @param id its own name, of which the asked one may be an alias
 * @param path its object on the bus
 * @param load such as {@code loaded}, {@code not-found}, {@code masked}, {@code error}
 * @param active its ActiveState, such as {@code failed}
 */
record UnitView(
        String id, String path, String load, String active, String loadError, boolean stale) {
    static UnitView of(String path, Map<?, ?> properties) {
        return new UnitView(
                text(properties, "Id"),
                path,
                text(properties, "LoadState"),
                text(properties, "ActiveState"),
                properties.get("LoadError") instanceof List<?> pair && pair.size() == 2
                        ? pair.get(1).toString()
                        : "",
                Boolean.TRUE.equals(properties.get("NeedDaemonReload")));
    }

    private static String text(Map<?, ?> properties, String name) {
        return properties.get(name) instanceof String text ? text : "";
    }

    boolean missing() {
        return load.equals("not-found");
    }

    boolean masked() {
        return load.equals("masked");
    }

    boolean running() {
        return active.equals("active") || active.equals("reloading") || active.equals("refreshing");
    }

    boolean stopped() {
        return settledAndStopped(active);
    }

    /** Whether it stays in this state if nobody does anything. */
    static boolean settled(String active) {
        return active.equals("active") || settledAndStopped(active);
    }

    private static boolean settledAndStopped(String active) {
        return active.equals("inactive") || active.equals("failed");
    }
}
