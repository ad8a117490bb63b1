package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.resource.Fields;

/** How long a setting of the host holds. */
public enum Extent {
    /** Now, and after the next start. */
    NOW_AND_LATER,
    /** Until the next start; what is said for then stays as it is. */
    NOW,
    /** From the next start on; what is now stays as it is. */
    LATER;

    boolean coversNow() {
        return this != LATER;
    }

    boolean coversLater() {
        return this != NOW;
    }

    /** What {@code persist} says. */
    static Extent persisted(Fields fields) {
        return isOn(fields, "persist") ? NOW_AND_LATER : NOW;
    }

    /** What {@code runtime} and {@code persist} say. */
    static Extent of(Fields fields) {
        boolean now = isOn(fields, "runtime");
        boolean later = isOn(fields, "persist");
        if (!now && !later) {
            fields.problem("persist", "without `runtime` and `persist` there is nothing to do", "");
        }
        return now ? persisted(fields) : LATER;
    }

    private static boolean isOn(Fields fields, String field) {
        return fields.text(field).isEmpty() || fields.flag(field);
    }
}
