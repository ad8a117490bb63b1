package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import dev.mgmt.engine.world.grpc.CallFailed;
import dev.mgmt.engine.world.grpc.Status;

/** What a call's outcome means to users of the store. */
final class Failure {
    private Failure() {}

    static WorldException of(String act, CallFailed cause) {
        return new WorldException(
                durability(cause.status().code()), act + ": " + cause.getMessage(), cause);
    }

    /** Of a call that was to go on: that it ended well is a failure, too. */
    static WorldException of(String act, Status status) {
        String said = status.message().isEmpty() ? status.code().toString() : status.message();
        String reason = status.code() == Status.Code.OK ? "the store ended it" : said;
        return new WorldException(durability(status.code()), act + ": " + reason, null);
    }

    /** A store that says what cannot be understood will say it again. */
    static WorldException of(String act, MalformedMessage cause) {
        return new WorldException(
                Durability.PERMANENT,
                act + ": the store's answer makes no sense: " + cause.getMessage(),
                cause);
    }

    /** Transient is what another connection, or the same call a little later, may settle. */
    private static Durability durability(Status.Code code) {
        return switch (code) {
            case UNAVAILABLE,
                    CANCELLED,
                    DEADLINE_EXCEEDED,
                    ABORTED,
                    RESOURCE_EXHAUSTED,
                    INTERNAL,
                    UNKNOWN,
                    OK ->
                    Durability.TRANSIENT;
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    DATA_LOSS,
                    UNAUTHENTICATED ->
                    Durability.PERMANENT;
        };
    }

    /**
     * Of a watch that the store ended. What it had to say of a refusal is not in a status but in
     * words; a compaction has none. The one that goes away by itself is too many watches.
     */
    static WorldException of(String act, WatchNews end) {
        if (end.compacted() > 0) {
            return new WorldException(
                    Durability.PERMANENT,
                    act + ": changes before revision " + end.compacted() + " are forgotten",
                    null);
        }
        boolean lasting = !end.reason().isEmpty() && !end.reason().contains("ResourceExhausted");
        String reason = end.reason().isEmpty() ? "the store ended it" : end.reason();
        return new WorldException(
                lasting ? Durability.PERMANENT : Durability.TRANSIENT, act + ": " + reason, null);
    }
}
