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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What one visitor may do, asked call by call. What it may not do is refused in etcd's words and
 * told to the visitor's owner in a sentence.
 */
final class Permissions implements StoreCalls.WatchPermit {
    private final Visitor visitor;
    private final Accounts accounts;
    private final Limits limits;
    private final Violations violations;
    private final Set<Long> leases = ConcurrentHashMap.newKeySet();
    private final AtomicLong unread = new AtomicLong();
    private final AtomicInteger watchCalls = new AtomicInteger();

    Permissions(Visitor visitor, Accounts accounts, Limits limits) {
        this.visitor = visitor;
        this.accounts = accounts;
        this.limits = limits;
        this.violations = new Violations(visitor);
    }

    boolean isOwner() {
        return visitor.rights().get().areAll();
    }

    /** Tells of what was refused and not told yet. */
    void end() {
        violations.tellTheRest();
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

    /**
     * Before anything else is done about a transaction, which may hide a hundred thousand
     * operations in its branches' branches.
     */
    void requireModest(TxnRequest request) {
        if (!isOwner() && !TransactionSize.of(request).isModest()) {
            throw refuse(
                    Violation.Kind.EXCESS,
                    Refusal.TOO_MANY_OPERATIONS,
                    "tried a transaction of more than "
                            + Limits.PARTS
                            + " parts or "
                            + Limits.RANGES
                            + " ranges");
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
            throw refuse(
                    Violation.Kind.EXCESS, Refusal.TOO_MUCH, "tried to store " + problem.get());
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
                    Violation.Kind.EXCESS,
                    Refusal.TOO_MUCH,
                    "tried to hold more than " + limits.leases() + " leases");
        }
    }

    void granted(long lease) {
        accounts.granted(visitor.name(), lease);
        leases.add(lease);
        if (leases.size() > limits.leases()) {
            leases.removeIf(accounts::isNobodys);
        }
    }

    /** Granted over this connection; may include some that have ended. */
    List<Long> leases() {
        return List.copyOf(leases);
    }

    void requireOwnLease(long lease) {
        if (!isOwner() && accounts.isSomebodyElses(visitor.name(), lease)) {
            throw refuse(
                    Violation.Kind.LEASE,
                    Refusal.PERMISSION_DENIED,
                    "tried to use lease " + Long.toHexString(lease) + ", which is not its own");
        }
    }

    void requireOwner(String act) {
        if (!isOwner()) {
            throw refuse(Violation.Kind.CALL, Refusal.PERMISSION_DENIED, "tried to " + act);
        }
    }

    @Override
    public Optional<Refusal> begin(KeyRange range) {
        if (!visitor.rights().get().allowReading(range)) {
            violations.note(Violation.Kind.READING, "tried to watch " + range.description());
            return Optional.of(Refusal.PERMISSION_DENIED);
        }
        if (!isOwner() && !accounts.takeWatch(visitor.name(), limits)) {
            violations.note(
                    Violation.Kind.EXCESS,
                    "tried to open more than " + limits.watches() + " watches");
            return Optional.of(Refusal.TOO_MUCH);
        }
        return Optional.empty();
    }

    @Override
    public void ended() {
        if (!isOwner()) {
            accounts.releaseWatch(visitor.name());
        }
    }

    /**
     * An answer is about to be handed to the transport, which keeps it until the visitor takes it.
     */
    void requireRoomFor(long bytes) {
        if (unread.addAndGet(bytes) > limits.unread() && !isOwner()) {
            unread.addAndGet(-bytes);
            throw refuse(
                    Violation.Kind.EXCESS,
                    Refusal.TOO_MUCH,
                    "left more than " + limits.unread() + " bytes of answers unread");
        }
    }

    void taken(long bytes) {
        unread.addAndGet(-bytes);
    }

    void requireMayWatch() {
        if (watchCalls.incrementAndGet() > Limits.WATCH_CALLS && !isOwner()) {
            watchCalls.decrementAndGet();
            throw refuse(
                    Violation.Kind.EXCESS,
                    Refusal.TOO_MUCH,
                    "tried to make more than " + Limits.WATCH_CALLS + " calls that watch");
        }
    }

    @Override
    public void callEnded() {
        watchCalls.decrementAndGet();
    }

    /** A call that is not answered to anybody. */
    void unknownCall(String name) {
        if (!isOwner()) {
            violations.note(Violation.Kind.CALL, "tried to call " + name);
        }
    }

    /** Something about the connection itself, which ends with it. */
    void brokenOff(String deed) {
        violations.note(Violation.Kind.PROTOCOL, deed);
    }

    private void requireReading(KeyRange range) {
        if (!visitor.rights().get().allowReading(range)) {
            throw refuse(
                    Violation.Kind.READING,
                    Refusal.PERMISSION_DENIED,
                    "tried to read " + range.description());
        }
    }

    private void requireWriting(KeyRange range) {
        if (!visitor.rights().get().allowWriting(range)) {
            throw refuse(
                    Violation.Kind.WRITING,
                    Refusal.PERMISSION_DENIED,
                    "tried to write " + range.description());
        }
    }

    private StatusRuntimeException refuse(Violation.Kind kind, Refusal refusal, String deed) {
        violations.note(kind, deed);
        return refusal.exception();
    }
}
