package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * What the requests of etcd's KV service do to the revisions, without commit, answers without the
 * ids of a cluster. What may be refused is refused before anything is changed.
 */
final class Execution {
    private final Revisions revisions;
    private final Leases leases;

    Execution(Revisions revisions, Leases leases) {
        this.revisions = revisions;
        this.leases = leases;
    }

    RangeResponse range(RangeRequest request) {
        var all =
                revisions.range(
                        new KeyRange(request.getKey(), request.getRangeEnd()),
                        request.getRevision());
        var answer = RangeResponse.newBuilder().setHeader(header()).setCount(all.size());
        if (request.getCountOnly()) {
            return answer.build();
        }
        var wanted = new ArrayList<>(firstOnly(all, request));
        wanted.removeIf(entry -> !isWanted(entry, request));
        order(request).ifPresent(wanted::sort);
        long limit = request.getLimit();
        boolean more = limit > 0 && wanted.size() > limit;
        for (var entry : more ? wanted.subList(0, (int) limit) : wanted) {
            answer.addKvs(request.getKeysOnly() ? entry.toBuilder().clearValue().build() : entry);
        }
        return answer.setMore(more).build();
    }

    /**
     * As etcd does: where neither an order nor a bound is asked for, what is beyond the limit by
     * key is not looked at, even if what remains is then sorted by something else.
     */
    private static List<KeyValue> firstOnly(List<KeyValue> all, RangeRequest request) {
        boolean allMatter =
                request.getSortOrder() != RangeRequest.SortOrder.NONE
                        || request.getMinModRevision() != 0
                        || request.getMaxModRevision() != 0
                        || request.getMinCreateRevision() != 0
                        || request.getMaxCreateRevision() != 0;
        long limit = request.getLimit();
        return allMatter || limit <= 0 || limit >= all.size()
                ? all
                : all.subList(0, (int) limit + 1);
    }

    private static boolean isWanted(KeyValue entry, RangeRequest request) {
        return isBetween(
                        entry.getModRevision(),
                        request.getMinModRevision(),
                        request.getMaxModRevision())
                && isBetween(
                        entry.getCreateRevision(),
                        request.getMinCreateRevision(),
                        request.getMaxCreateRevision());
    }

    /** A bound of 0 is none. */
    private static boolean isBetween(long revision, long min, long max) {
        return revision >= min && (max == 0 || revision <= max);
    }

    private static Optional<Comparator<KeyValue>> order(RangeRequest request) {
        if (isByKeyAnyway(request)) {
            return Optional.empty();
        }
        Comparator<KeyValue> ascending =
                switch (request.getSortTarget()) {
                    case KEY, UNRECOGNIZED ->
                            Comparator.comparing(KeyValue::getKey, KeyRange.ORDER);
                    case VERSION -> Comparator.comparingLong(KeyValue::getVersion);
                    case CREATE -> Comparator.comparingLong(KeyValue::getCreateRevision);
                    case MOD -> Comparator.comparingLong(KeyValue::getModRevision);
                    case VALUE -> Comparator.comparing(KeyValue::getValue, KeyRange.ORDER);
                };
        return switch (request.getSortOrder()) {
            case DESCEND -> Optional.of(ascending.reversed());
            case ASCEND, NONE, UNRECOGNIZED -> Optional.of(ascending);
        };
    }

    private static boolean isByKeyAnyway(RangeRequest request) {
        return request.getSortTarget() == RangeRequest.SortTarget.KEY
                && request.getSortOrder() != RangeRequest.SortOrder.DESCEND;
    }

    PutResponse put(PutRequest request) {
        requirePossible(request);
        return putNow(request);
    }

    private void requirePossible(PutRequest request) {
        if ((request.getIgnoreValue() || request.getIgnoreLease())
                && revisions.read(request.getKey()).isEmpty()) {
            throw Refusal.KEY_NOT_FOUND.exception();
        }
        if (request.getLease() != 0) {
            leases.require(request.getLease());
        }
    }

    private PutResponse putNow(PutRequest request) {
        var before = revisions.read(request.getKey());
        ByteString value =
                request.getIgnoreValue()
                        ? before.map(KeyValue::getValue).orElse(ByteString.EMPTY)
                        : request.getValue();
        long lease =
                request.getIgnoreLease()
                        ? before.map(KeyValue::getLease).orElse(0L)
                        : request.getLease();
        revisions.put(request.getKey(), value, lease);
        var answer = PutResponse.newBuilder().setHeader(header());
        if (request.getPrevKv()) {
            before.ifPresent(answer::setPrevKv);
        }
        return answer.build();
    }

    DeleteRangeResponse delete(DeleteRangeRequest request) {
        var gone = revisions.delete(new KeyRange(request.getKey(), request.getRangeEnd()));
        var answer = DeleteRangeResponse.newBuilder().setHeader(header()).setDeleted(gone.size());
        if (request.getPrevKv()) {
            answer.addAllPrevKvs(gone);
        }
        return answer.build();
    }

    /**
     * Every comparison, nested ones included, is made before the first operation: which branches
     * are taken does not hang on what the transaction itself writes.
     */
    TxnResponse txn(TxnRequest request) {
        var verdicts = new ArrayDeque<Boolean>();
        judge(request, verdicts);
        requirePossible(request, new ArrayDeque<>(verdicts));
        return apply(request, verdicts).setHeader(header()).build();
    }

    private void judge(TxnRequest request, Queue<Boolean> verdicts) {
        boolean holds = request.getCompareList().stream().allMatch(this::holds);
        verdicts.add(holds);
        for (var operation : branch(request, holds)) {
            if (operation.hasRequestTxn()) {
                judge(operation.getRequestTxn(), verdicts);
            }
        }
    }

    private static List<RequestOp> branch(TxnRequest request, boolean holds) {
        return holds ? request.getSuccessList() : request.getFailureList();
    }

    private void requirePossible(TxnRequest request, Queue<Boolean> verdicts) {
        for (var operation : branch(request, verdicts.remove())) {
            switch (operation.getRequestCase()) {
                case REQUEST_RANGE ->
                        revisions.requireKnown(operation.getRequestRange().getRevision());
                case REQUEST_PUT -> requirePossible(operation.getRequestPut());
                case REQUEST_TXN -> requirePossible(operation.getRequestTxn(), verdicts);
                case REQUEST_DELETE_RANGE, REQUEST_NOT_SET -> {}
            }
        }
    }

    private TxnResponse.Builder apply(TxnRequest request, Queue<Boolean> verdicts) {
        boolean holds = verdicts.remove();
        var answer = TxnResponse.newBuilder().setSucceeded(holds);
        for (var operation : branch(request, holds)) {
            var done = ResponseOp.newBuilder();
            switch (operation.getRequestCase()) {
                case REQUEST_RANGE -> done.setResponseRange(range(operation.getRequestRange()));
                case REQUEST_PUT -> done.setResponsePut(putNow(operation.getRequestPut()));
                case REQUEST_DELETE_RANGE ->
                        done.setResponseDeleteRange(delete(operation.getRequestDeleteRange()));
                case REQUEST_TXN ->
                        done.setResponseTxn(
                                apply(operation.getRequestTxn(), verdicts)
                                        .setHeader(ResponseHeader.getDefaultInstance()));
                case REQUEST_NOT_SET -> throw Refusal.KEY_NOT_FOUND.exception();
            }
            answer.addResponses(done);
        }
        return answer;
    }

    private ResponseHeader header() {
        return ResponseHeader.newBuilder().setRevision(revisions.visible()).build();
    }

    /** Of a range, every key has to pass; where there is no key, all its numbers are 0. */
    private boolean holds(Compare compare) {
        var entries = revisions.range(new KeyRange(compare.getKey(), compare.getRangeEnd()), 0);
        if (entries.isEmpty()) {
            return compare.getTarget() != Compare.CompareTarget.VALUE
                    && holds(compare, KeyValue.getDefaultInstance());
        }
        return entries.stream().allMatch(entry -> holds(compare, entry));
    }

    private static boolean holds(Compare compare, KeyValue entry) {
        int order =
                switch (compare.getTarget()) {
                    case VERSION -> Long.compare(entry.getVersion(), compare.getVersion());
                    case CREATE ->
                            Long.compare(entry.getCreateRevision(), compare.getCreateRevision());
                    case MOD -> Long.compare(entry.getModRevision(), compare.getModRevision());
                    case VALUE -> KeyRange.ORDER.compare(entry.getValue(), compare.getValue());
                    case UNRECOGNIZED ->
                            NewerFields.comparesLease(compare)
                                    ? Long.compare(entry.getLease(), NewerFields.lease(compare))
                                    : 0;
                };
        return switch (compare.getResult()) {
            case EQUAL -> order == 0;
            case GREATER -> order > 0;
            case LESS -> order < 0;
            case NOT_EQUAL -> order != 0;
            case UNRECOGNIZED -> true;
        };
    }
}
