package dev.mgmt.remote.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an agent says at its end if nobody here asked for it: the last line of its standard error.
 *
 * @param detail in words for people
 */
public record LastWord(Reason reason, String detail) {
    private static final String EVENT = "last-word";
    private static final int LONGEST = 1000;

    /** Why it ends. */
    public enum Reason {
        /** An agent of another run has taken its place. */
        TAKEN_OVER,
        /** It hears nothing from the laptop any more. */
        LAPTOP_LOST,
        /** Somebody on the host ended it. */
        TERMINATED
    }

    public String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", EVENT);
        fields.put("reason", Words.of(reason));
        fields.put("detail", Words.clipped(detail, LONGEST));
        return Json.line(fields);
    }

    public static LastWord read(String line) throws MalformedMessage {
        JsonObject it = JsonObject.read(line);
        if (!it.text("event").equals(EVENT)) {
            throw new MalformedMessage("not a last word");
        }
        return new LastWord(it.word(Reason.class, "reason"), it.text("detail"));
    }
}
