package dev.mgmt.engine.world.grpc;

import dev.mgmt.engine.world.http2.ErrorCode;

/** How a call ended: a code, and what the other end says about it. */
public record Status(Code code, String message) {
    /** doc/statuscodes.md of the gRPC project; a code's place in the list is its number. */
    public enum Code {
        OK,
        CANCELLED,
        UNKNOWN,
        INVALID_ARGUMENT,
        DEADLINE_EXCEEDED,
        NOT_FOUND,
        ALREADY_EXISTS,
        PERMISSION_DENIED,
        RESOURCE_EXHAUSTED,
        FAILED_PRECONDITION,
        ABORTED,
        OUT_OF_RANGE,
        UNIMPLEMENTED,
        INTERNAL,
        UNAVAILABLE,
        DATA_LOSS,
        UNAUTHENTICATED;

        private static final Code[] BY_NUMBER = values();

        static Code of(String number) {
            int value = 0;
            for (int i = 0; i < number.length(); i++) {
                int digit = number.charAt(i) - '0';
                if (digit < 0 || digit > 9 || i == 2) {
                    return UNKNOWN;
                }
                value = 10 * value + digit;
            }
            return number.isEmpty() || value >= BY_NUMBER.length ? UNKNOWN : BY_NUMBER[value];
        }
    }

    /** Of an answer that is not gRPC's: doc/http-grpc-status-mapping.md. */
    static Status ofHttp(String status) {
        Code code =
                switch (status) {
                    case "400" -> Code.INTERNAL;
                    case "401" -> Code.UNAUTHENTICATED;
                    case "403" -> Code.PERMISSION_DENIED;
                    case "404" -> Code.UNIMPLEMENTED;
                    case "429", "502", "503", "504" -> Code.UNAVAILABLE;
                    default -> Code.UNKNOWN;
                };
        return new Status(code, "the other end answered with HTTP status " + status);
    }

    /** Of a stream that was cut off: doc/PROTOCOL-HTTP2.md, "Errors". */
    static Status ofReset(ErrorCode error) {
        Code code =
                switch (error) {
                    case REFUSED_STREAM -> Code.UNAVAILABLE;
                    case CANCEL -> Code.CANCELLED;
                    case ENHANCE_YOUR_CALM -> Code.RESOURCE_EXHAUSTED;
                    case INADEQUATE_SECURITY -> Code.PERMISSION_DENIED;
                    case NO_ERROR,
                            PROTOCOL_ERROR,
                            INTERNAL_ERROR,
                            FLOW_CONTROL_ERROR,
                            SETTINGS_TIMEOUT,
                            STREAM_CLOSED,
                            FRAME_SIZE_ERROR,
                            COMPRESSION_ERROR,
                            CONNECT_ERROR,
                            HTTP_1_1_REQUIRED ->
                            Code.INTERNAL;
                };
        return new Status(code, "the other end broke the call off (" + error + ")");
    }
}
