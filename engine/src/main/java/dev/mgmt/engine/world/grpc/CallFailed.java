package dev.mgmt.engine.world.grpc;

import org.jspecify.annotations.Nullable;

/** A call did not bring its answer. */
public final class CallFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Status status;

    CallFailed(Status status, @Nullable Throwable cause) {
        super(status.message().isEmpty() ? status.code().toString() : status.message(), cause);
        this.status = status;
    }

    public Status status() {
        return status;
    }
}
