package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.World.Condition;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.World.Write;

/** etcd's requests; field numbers as in rpc.proto, the messages named above each. */
final class Requests {
    static final String AUTHENTICATE = "/etcdserverpb.Auth/Authenticate";
    static final String RANGE = "/etcdserverpb.KV/Range";
    static final String TXN = "/etcdserverpb.KV/Txn";
    static final String WATCH = "/etcdserverpb.Watch/Watch";
    static final String LEASE_GRANT = "/etcdserverpb.Lease/LeaseGrant";
    static final String LEASE_REVOKE = "/etcdserverpb.Lease/LeaseRevoke";
    static final String LEASE_KEEP_ALIVE = "/etcdserverpb.Lease/LeaseKeepAlive";

    /** Compare.CompareTarget; its result EQUAL is 0, the one that is not written. */
    private static final int MOD = 2;

    private Requests() {}

    /** AuthenticateRequest: name 1, password 2. */
    static byte[] authenticate(String user, String password) {
        return new MessageWriter().text(1, user).text(2, password).bytes();
    }

    /** RangeRequest: key 1, range_end 2. */
    static byte[] range(Keys keys) {
        return new MessageWriter().bytes(1, keys.key()).bytes(2, keys.end()).bytes();
    }

    /** TxnRequest: compare 1, success 2. */
    static byte[] txn(Transaction transaction) {
        MessageWriter request = new MessageWriter();
        for (Condition condition : transaction.conditions()) {
            request.message(1, compare(condition));
        }
        for (Write write : transaction.writes()) {
            request.message(2, operation(write));
        }
        return request.bytes();
    }

    /** Compare: target 2, key 3, mod_revision 6, which is 0 for a key that is not there. */
    private static MessageWriter compare(Condition condition) {
        return new MessageWriter()
                .number(2, MOD)
                .text(3, condition.key())
                .choice(6, condition.revision());
    }

    /**
     * RequestOp: request_put 2, request_delete_range 3. PutRequest: key 1, value 2, lease 3.
     * DeleteRangeRequest: key 1.
     */
    private static MessageWriter operation(Write write) {
        return switch (write) {
            case Write.Put(String key, String value, long lease) ->
                    new MessageWriter()
                            .message(
                                    2,
                                    new MessageWriter()
                                            .text(1, key)
                                            .text(2, value)
                                            .number(3, lease));
            case Write.Delete(String key) ->
                    new MessageWriter().message(3, new MessageWriter().text(1, key));
        };
    }

    /**
     * WatchRequest: create_request 1. WatchCreateRequest: key 1, range_end 2, start_revision 3. A
     * start of zero means: from now on.
     */
    static byte[] watchCreate(Keys keys, long from) {
        MessageWriter create =
                new MessageWriter().bytes(1, keys.key()).bytes(2, keys.end()).number(3, from);
        return new MessageWriter().message(1, create).bytes();
    }

    /** WatchRequest: cancel_request 2. WatchCancelRequest: watch_id 1. */
    static byte[] watchCancel(long id) {
        return new MessageWriter().message(2, new MessageWriter().number(1, id)).bytes();
    }

    /** LeaseGrantRequest: TTL 1. */
    static byte[] leaseGrant(long seconds) {
        return new MessageWriter().number(1, seconds).bytes();
    }

    /** LeaseRevokeRequest and LeaseKeepAliveRequest: ID 1. */
    static byte[] lease(long id) {
        return new MessageWriter().number(1, id).bytes();
    }
}
