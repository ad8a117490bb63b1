package dev.mgmt.engine.resource;

/** Whether something should be there. */
public enum Presence {
    EXISTS,
    ABSENT;

    /**
     * What {@code state} says; {@code present} is another word for {@code exists}.
     *
     * @param what how a problem calls the kind, such as {@code a user}
     * @param otherwise what holds where {@code state} is not given
     */
    public static Presence of(Fields fields, String what, Presence otherwise) {
        String state = fields.filled("state").orElse("");
        return switch (state) {
            case "" -> otherwise;
            case "exists", "present" -> EXISTS;
            case "absent" -> ABSENT;
            default -> {
                fields.problem(
                        "state",
                        "`" + state + "` is not a state of " + what,
                        "use `exists` or `absent`");
                yield otherwise;
            }
        };
    }

    /** As {@link #of}, where {@code state} must be given. */
    public static Presence required(Fields fields, String what) {
        if (fields.filled("state").isEmpty()) {
            fields.problem("state", "`state` is missing", "say `exists` or `absent`");
        }
        return of(fields, what, EXISTS);
    }
}
