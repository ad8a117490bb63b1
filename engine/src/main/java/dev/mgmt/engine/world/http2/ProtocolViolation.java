package dev.mgmt.engine.world.http2;

import java.io.IOException;

/** The peer sent what it must not send: the connection cannot go on (RFC 9113 section 5.4.1). */
public final class ProtocolViolation extends IOException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    ProtocolViolation(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
