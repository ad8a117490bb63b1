package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import io.grpc.Status;

/** What a gRPC status means to users of the store. */
final class Failure {
    private Failure() {}

    static WorldException of(String act, Throwable cause) {
        var status = Status.fromThrowable(cause);
        return new WorldException(durability(status.getCode()), act + ": " + reason(status), cause);
    }

    /** What the store said; where it said nothing, gRPC's inner life is of no help. */
    private static String reason(Status status) {
        var description = status.getDescription();
        boolean said = description != null && description.startsWith("etcdserver: ");
        if (status.getCode() == Status.Code.UNAVAILABLE && !said) {
            return "the connection to the store has ended";
        }
        return description == null ? status.getCode().toString() : description;
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
                    UNKNOWN ->
                    Durability.TRANSIENT;
            case OK,
                    INVALID_ARGUMENT,
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
}
