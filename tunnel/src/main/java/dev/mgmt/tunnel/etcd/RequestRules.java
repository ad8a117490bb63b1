package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What can be said against a request without looking at the store. */
final class RequestRules {
    /** etcd's own limits. */
    static final int MOST_BYTES = 3 << 19;

    static final int MOST_OPERATIONS = 128;

    private RequestRules() {}

    static void check(RangeRequest request) {
        requireKey(request.getKey());
    }

    static void check(PutRequest request) {
        requireFits(request);
        checkPut(request);
    }

    private static void checkPut(PutRequest request) {
        requireKey(request.getKey());
        if (request.getIgnoreValue() && !request.getValue().isEmpty()) {
            throw Refusal.VALUE_PROVIDED.exception();
        }
        if (request.getIgnoreLease() && request.getLease() != 0) {
            throw Refusal.LEASE_PROVIDED.exception();
        }
    }

    static void check(DeleteRangeRequest request) {
        requireKey(request.getKey());
    }

    static void check(TxnRequest request) {
        requireFits(request);
        checkOperations(request, MOST_OPERATIONS);
        writes(request.getSuccessList());
        writes(request.getFailureList());
    }

    private static void requireFits(MessageLite request) {
        if (request.getSerializedSize() > MOST_BYTES) {
            throw Refusal.REQUEST_TOO_LARGE.exception();
        }
    }

    private static void requireKey(ByteString key) {
        if (key.isEmpty()) {
            throw Refusal.KEY_IS_EMPTY.exception();
        }
    }

    private static void checkOperations(TxnRequest request, int most) {
        int count =
                Math.max(
                        request.getCompareCount(),
                        Math.max(request.getSuccessCount(), request.getFailureCount()));
        if (count > most) {
            throw Refusal.TOO_MANY_OPERATIONS.exception();
        }
        request.getCompareList().forEach(compare -> requireKey(compare.getKey()));
        request.getSuccessList().forEach(operation -> check(operation, most - count));
        request.getFailureList().forEach(operation -> check(operation, most - count));
    }

    private static void check(RequestOp operation, int most) {
        switch (operation.getRequestCase()) {
            case REQUEST_RANGE -> check(operation.getRequestRange());
            case REQUEST_PUT -> checkPut(operation.getRequestPut());
            case REQUEST_DELETE_RANGE -> check(operation.getRequestDeleteRange());
            case REQUEST_TXN -> checkOperations(operation.getRequestTxn(), most);
            case REQUEST_NOT_SET -> throw Refusal.KEY_NOT_FOUND.exception();
        }
    }

    private record Writes(Set<ByteString> puts, List<KeyRange> deletions) {
        boolean deletes(ByteString key) {
            return deletions.stream().anyMatch(range -> meets(range, key));
        }

        /** As etcd, which takes a range without an end for an empty one here. */
        private static boolean meets(KeyRange range, ByteString key) {
            return !range.hasNoEnd() && range.contains(key);
        }
    }

    /**
     * No key may be written twice in one transaction, nor written and deleted. Both branches of a
     * nested transaction may write the same key, or one write what the other deletes, as only one
     * of them happens.
     */
    private static Writes writes(List<RequestOp> operations) {
        var all = new Writes(new HashSet<>(), new ArrayList<>());
        for (var operation : operations) {
            if (operation.hasRequestDeleteRange()) {
                var deletion = operation.getRequestDeleteRange();
                all.deletions().add(new KeyRange(deletion.getKey(), deletion.getRangeEnd()));
            }
        }
        for (var operation : operations) {
            if (operation.hasRequestTxn()) {
                addNested(operation.getRequestTxn(), all);
            }
        }
        for (var operation : operations) {
            if (operation.hasRequestPut()) {
                addPut(operation.getRequestPut().getKey(), all);
            }
        }
        return all;
    }

    private static void addNested(TxnRequest nested, Writes all) {
        var success = writes(nested.getSuccessList());
        var failure = writes(nested.getFailureList());
        success.puts().forEach(key -> addPut(key, all));
        for (var key : failure.puts()) {
            if (!success.puts().contains(key)) {
                addPut(key, all);
            }
        }
        all.deletions().addAll(success.deletions());
        all.deletions().addAll(failure.deletions());
    }

    private static void addPut(ByteString key, Writes all) {
        if (!all.puts().add(key) || all.deletes(key)) {
            throw Refusal.DUPLICATE_KEY.exception();
        }
    }
}
