package dev.mgmt.remote.wire;

import dev.mgmt.engine.Enforcement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the laptop tells an agent before anything else: one line on its standard input, so that
 * nothing of it shows in a list of processes.
 *
 * @param host the host's name in the run and in the store
 * @param run which run this is; unlike any other
 * @param nonce marks the lines that are ours on standard output
 * @param linger how long to go on without the laptop
 * @param origin who started the run, and where; for people
 * @param arrival whether an agent of this run has had the host before
 * @param handover how long what runs may take to finish when another agent takes the host over
 * @param lease how long the host's standing outlives an agent that is heard of no more
 * @param marker the file on the host that says this process uses its image; removed at its end
 * @param state the directory on the host for what the host's next agent must know
 */
public record AgentParameters(
        String host,
        String run,
        String nonce,
        Enforcement enforcement,
        Duration linger,
        String origin,
        Arrival arrival,
        Duration handover,
        Duration lease,
        String marker,
        String state) {
    /** Longer than any line of parameters, in bytes. */
    public static final int LONGEST = 64 * 1024;

    /** What an agent may do about another one that has the host. */
    public enum Arrival {
        /** Takes the host over from whatever agent has it. */
        FIRST,
        /** Takes it over from an agent of its own run; another run's has come between. */
        AGAIN
    }

    public String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", host);
        fields.put("run", run);
        fields.put("nonce", nonce);
        fields.put("enforcement", Words.of(enforcement));
        fields.put("lingerMillis", linger.toMillis());
        fields.put("origin", origin);
        fields.put("arrival", Words.of(arrival));
        fields.put("handoverMillis", handover.toMillis());
        fields.put("leaseMillis", lease.toMillis());
        fields.put("marker", marker);
        fields.put("state", state);
        return Json.line(fields);
    }

    public static AgentParameters read(String line) throws MalformedMessage {
        JsonObject it = JsonObject.read(line);
        return new AgentParameters(
                it.text("host"),
                it.text("run"),
                it.text("nonce"),
                it.word(Enforcement.class, "enforcement"),
                Duration.ofMillis(it.number("lingerMillis")),
                it.text("origin"),
                it.word(Arrival.class, "arrival"),
                Duration.ofMillis(it.number("handoverMillis")),
                Duration.ofMillis(it.number("leaseMillis")),
                it.text("marker"),
                it.text("state"));
    }
}
