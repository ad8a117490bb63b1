package dev.mgmt.engine.kind.systemd;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of units (systemd.unit(5)). */
final class UnitName {
    static final String SERVICE = ".service";

    private static final Set<String> TYPES =
            Set.of(
                    "service",
                    "socket",
                    "device",
                    "mount",
                    "automount",
                    "swap",
                    "target",
                    "path",
                    "timer",
                    "slice",
                    "scope");
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9:_.\\\\@-]{1,255}");

    private UnitName() {}

    /** With its suffix; {@code .service} where there is none. Empty if it cannot be a name. */
    static Optional<String> of(String text) {
        String type = text.substring(text.lastIndexOf('.') + 1);
        boolean whole = text.indexOf('.') > 0 && TYPES.contains(type);
        String unit = whole ? text : text + SERVICE;
        boolean valid =
                VALID.matcher(unit).matches()
                        && unit.charAt(0) != '.'
                        && unit.charAt(0) != '@'
                        && unit.charAt(0) != '-';
        return valid ? Optional.of(unit) : Optional.empty();
    }

    static String withoutService(String unit) {
        return unit.endsWith(SERVICE) ? unit.substring(0, unit.length() - SERVICE.length()) : unit;
    }
}
