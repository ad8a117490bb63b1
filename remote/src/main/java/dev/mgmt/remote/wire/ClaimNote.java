package dev.mgmt.remote.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which agent has a host, or wants it.
 *
 * @param run of which run it is
 * @param origin who started that run, and where
 * @param started when its process began, in milliseconds since 1970: numbers of processes come
 *     again
 */
public record ClaimNote(String run, String origin, long number, long started) {
    private static final int LONGEST_ORIGIN = 200;

    /** The kernel's idea of when the machine was started moves with its clock. */
    private static final long CLOCK_MILLIS = 2000;

    public static ClaimNote ofThisProcess(String run, String origin) {
        ProcessHandle self = ProcessHandle.current();
        String shown = Words.clipped(origin, LONGEST_ORIGIN);
        return new ClaimNote(run, shown, self.pid(), started(self));
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** That process, if it is still the same. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(number)
                .filter(found -> Math.abs(started(found) - started) <= CLOCK_MILLIS);
    }

    public String text() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run);
        fields.put("origin", origin);
        fields.put("process", number);
        fields.put("started", started);
        return Json.line(fields);
    }

    public static ClaimNote read(String text) throws MalformedMessage {
        JsonObject it = JsonObject.read(text);
        return new ClaimNote(
                it.text("run"), it.text("origin"), it.number("process"), it.number("started"));
    }
}
