package dev.mgmt.tunnel.etcd;

import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What one visitor may do, asked call by call. What it may not do is refused in etcd's words and
 * told to the visitor's owner in a sentence.
 */
final class Permissions implements StoreCalls.WatchPermit {
    private final Visitor visitor;
    private final Accounts accounts;
    private final Limits limits;
    private final Set<Long> leases = ConcurrentHashMap.newKeySet();

    Permissions(Visitor visitor, Accounts accounts, Limits limits) {
        this.visitor = visitor;
        this.accounts = accounts;
        this.limits = limits;
    }

    private boolean isOwner() {
        return visitor.rights().get().equals(Rights.ALL);
    }

    void check(RangeRequest request) {
        requireReading(new KeyRange(request.getKey(), request.getRangeEnd()));
    }

    void check(PutRequest request) {
        var range = KeyRange.of(request.getKey());
        requireWriting(range);
        if (request.getPrevKv()) {
            requireReading(range);
        }
        if (request.getLease() != 0) {
            requireOwnLease(request.getLease());
        }
    }

    void check(DeleteRangeRequest request) {
        var range = new KeyRange(request.getKey(), request.getRangeEnd());
        requireWriting(range);
        if (request.getPrevKv()) {
            requireReading(range);
        }
    }

    /** Both branches have to be allowed, whichever will be taken; comparing is reading. */
    void check(TxnRequest request) {
        for (Compare compare : request.getCompareList()) {
            requireReading(new KeyRange(compare.getKey(), compare.getRangeEnd()));
        }
        request.getSuccessList().forEach(this::check);
        request.getFailureList().forEach(this::check);
    }

    private void check(RequestOp operation) {
        switch (operation.getRequestCase()) {
            case REQUEST_RANGE -> check(operation.getRequestRange());
            case REQUEST_PUT -> check(operation.getRequestPut());
            case REQUEST_DELETE_RANGE -> check(operation.getRequestDeleteRange());
            case REQUEST_TXN -> check(operation.getRequestTxn());
            case REQUEST_NOT_SET -> {}
        }
    }

    /**
     * Does it, with the visitor held to account for what it writes; refuses if that is too much.
     */
    <T> T writing(List<KeyValue> writes, Supplier<T> call) {
        if (isOwner()) {
            return call.get();
        }
        var problem = accounts.announce(visitor.name(), writes, limits);
        if (problem.isPresent()) {
            throw refuse(Refusal.TOO_MUCH, "tried to store " + problem.get());
        }
        try {
            return call.get();
        } finally {
            accounts.settle(visitor.name(), writes);
        }
    }

    /** Of both branches: which one is taken is not known yet. */
    static List<KeyValue> puts(TxnRequest request) {
        var puts = new ArrayList<KeyValue>();
        for (var operations : List.of(request.getSuccessList(), request.getFailureList())) {
            for (var operation : operations) {
                if (operation.hasRequestPut()) {
                    puts.add(keyValue(operation.getRequestPut()));
                } else if (operation.hasRequestTxn()) {
                    puts.addAll(puts(operation.getRequestTxn()));
                }
            }
        }
        return puts;
    }

    static KeyValue keyValue(PutRequest request) {
        return KeyValue.newBuilder().setKey(request.getKey()).setValue(request.getValue()).build();
    }

    void requireMayGrant() {
        if (!isOwner() && !accounts.hasLeasesLeft(visitor.name(), limits)) {
            throw refuse(
                    Refusal.TOO_MUCH, "tried to hold more than " + limits.leases() + " leases");
        }
    }

    void granted(long lease) {
        leases.add(lease);
        accounts.granted(visitor.name(), lease);
    }

    /** Granted over this connection, ended ones included. */
    List<Long> leases() {
        return List.copyOf(leases);
    }

    void requireOwnLease(long lease) {
        if (!isOwner() && accounts.isSomebodyElses(visitor.name(), lease)) {
            throw refuse(
                    Refusal.PERMISSION_DENIED,
                    "tried to use lease " + Long.toHexString(lease) + ", which is not its own");
        }
    }

    void requireOwner(String act) {
        if (!isOwner()) {
            throw refuse(Refusal.PERMISSION_DENIED, "tried to " + act);
        }
    }

    @Override
    public Optional<Refusal> begin(KeyRange range) {
        if (!visitor.rights().get().allowReading(range)) {
            report("tried to watch " + range.description());
            return Optional.of(Refusal.PERMISSION_DENIED);
        }
        if (!isOwner() && !accounts.takeWatch(visitor.name(), limits)) {
            report("tried to open more than " + limits.watches() + " watches");
            return Optional.of(Refusal.TOO_MUCH);
        }
        return Optional.empty();
    }

    @Override
    public void end() {
        if (!isOwner()) {
            accounts.releaseWatch(visitor.name());
        }
    }

    private void requireReading(KeyRange range) {
        if (!visitor.rights().get().allowReading(range)) {
            throw refuse(Refusal.PERMISSION_DENIED, "tried to read " + range.description());
        }
    }

    private void requireWriting(KeyRange range) {
        if (!visitor.rights().get().allowWriting(range)) {
            throw refuse(Refusal.PERMISSION_DENIED, "tried to write " + range.description());
        }
    }

    private StatusRuntimeException refuse(Refusal refusal, String deed) {
        report(deed);
        return refusal.exception();
    }

    private void report(String deed) {
        visitor.onViolation().accept(visitor.name() + " " + deed);
    }
}
