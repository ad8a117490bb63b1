package dev.mgmt.tunnel.etcd;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchResponse;

/**
 * Fields of etcd's rpc.proto that clients use and the generated classes do not know yet: they
 * arrive, and are sent, as protobuf's unknown fields under the numbers that etcd gave them.
 */
final class NewerFields {
    private static final int COMPARE_TARGET_LEASE = 4;
    private static final int COMPARE_LEASE = 8;
    private static final int CREATE_WATCH_ID = 7;
    private static final int CREATE_FRAGMENT = 8;
    private static final int RESPONSE_FRAGMENT = 7;

    private NewerFields() {}

    /** 0: the store chooses. */
    static long watchId(WatchCreateRequest request) {
        return number(request, CREATE_WATCH_ID);
    }

    static boolean wantsFragments(WatchCreateRequest request) {
        return number(request, CREATE_FRAGMENT) != 0;
    }

    static void markAsFragment(WatchResponse.Builder response) {
        response.setUnknownFields(
                UnknownFieldSet.newBuilder()
                        .addField(
                                RESPONSE_FRAGMENT,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build());
    }

    static boolean comparesLease(Compare compare) {
        return compare.getTargetValue() == COMPARE_TARGET_LEASE;
    }

    static long lease(Compare compare) {
        return number(compare, COMPARE_LEASE);
    }

    private static long number(MessageOrBuilder message, int field) {
        var values = message.getUnknownFields().getField(field).getVarintList();
        return values.isEmpty() ? 0 : values.getLast();
    }
}
