package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;

/** How much work a transaction asks for, counted no further than it matters. */
final class TransactionSize {
    private int parts;
    private int ranges;

    private TransactionSize() {}

    static TransactionSize of(TxnRequest request) {
        var size = new TransactionSize();
        size.count(request);
        return size;
    }

    boolean isModest() {
        return parts <= Limits.PARTS && ranges <= Limits.RANGES;
    }

    /** No deeper than messages are read: the protocol's reader refuses the hundredth level. */
    private void count(TxnRequest request) {
        parts += request.getCompareCount() + request.getSuccessCount() + request.getFailureCount();
        if (!isModest()) {
            return;
        }
        request.getCompareList().forEach(compare -> count(compare.getRangeEnd()));
        request.getSuccessList().forEach(this::count);
        request.getFailureList().forEach(this::count);
    }

    private void count(RequestOp operation) {
        switch (operation.getRequestCase()) {
            case REQUEST_RANGE -> count(operation.getRequestRange().getRangeEnd());
            case REQUEST_DELETE_RANGE -> count(operation.getRequestDeleteRange().getRangeEnd());
            case REQUEST_TXN -> count(operation.getRequestTxn());
            case REQUEST_PUT, REQUEST_NOT_SET -> {}
        }
    }

    private void count(ByteString rangeEnd) {
        if (!rangeEnd.isEmpty()) {
            ranges++;
        }
    }
}
