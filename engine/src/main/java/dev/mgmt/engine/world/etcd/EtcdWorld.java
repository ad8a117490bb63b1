package dev.mgmt.engine.world.etcd;

import com.google.protobuf.ByteString;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.StatusRuntimeException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The shared store over one connection that speaks etcd's v3 API. The connection is never made
 * anew: when it ends, every call fails and every watch ends, both as transient, and that was this
 * world.
 */
public final class EtcdWorld implements World {
    private final Connection connection;
    private final Watches watches;
    private final KeepAlives keepAlives;

    private EtcdWorld(Connection connection) {
        this.connection = connection;
        watches = new Watches(connection);
        keepAlives = new KeepAlives(connection);
    }

    /**
     * Takes the connection over: closing the world closes it. Nothing is sent before the first
     * call.
     */
    public static World over(Socket connection) {
        return new EtcdWorld(new Connection(connection));
    }

    @Override
    public Snapshot read(String prefix) throws WorldException, InterruptedException {
        var keys = Keys.below(prefix);
        var request = RangeRequest.newBuilder().setKey(keys.key()).setRangeEnd(keys.end()).build();
        try {
            var answer = connection.call(KVGrpc.getRangeMethod(), request);
            return new Snapshot(
                    answer.getHeader().getRevision(),
                    answer.getKvsList().stream().map(EtcdWorld::entry).toList());
        } catch (StatusRuntimeException e) {
            throw Failure.of("cannot read " + prefix, e);
        }
    }

    static Entry entry(KeyValue stored) {
        return new Entry(
                stored.getKey().toStringUtf8(),
                stored.getValue().toStringUtf8(),
                stored.getModRevision());
    }

    @Override
    public Commit commit(Transaction transaction) throws WorldException, InterruptedException {
        try {
            var answer = connection.call(KVGrpc.getTxnMethod(), request(transaction));
            return new Commit(answer.getSucceeded(), answer.getHeader().getRevision());
        } catch (StatusRuntimeException e) {
            throw Failure.of("cannot write " + subject(transaction), e);
        }
    }

    private static String subject(Transaction transaction) {
        return transaction.writes().isEmpty()
                ? "nothing"
                : switch (transaction.writes().getFirst()) {
                    case Write.Put put -> put.key();
                    case Write.Delete delete -> delete.key();
                };
    }

    private static TxnRequest request(Transaction transaction) {
        var request = TxnRequest.newBuilder();
        for (var condition : transaction.conditions()) {
            request.addCompare(
                    Compare.newBuilder()
                            .setKey(Keys.key(condition.key()))
                            .setTarget(Compare.CompareTarget.MOD)
                            .setResult(Compare.CompareResult.EQUAL)
                            .setModRevision(condition.revision()));
        }
        for (var write : transaction.writes()) {
            request.addSuccess(operation(write));
        }
        return request.build();
    }

    private static RequestOp operation(Write write) {
        return switch (write) {
            case Write.Put(var key, var value, var lease) ->
                    RequestOp.newBuilder()
                            .setRequestPut(
                                    PutRequest.newBuilder()
                                            .setKey(Keys.key(key))
                                            .setValue(
                                                    ByteString.copyFrom(
                                                            value, StandardCharsets.UTF_8))
                                            .setLease(lease))
                            .build();
            case Write.Delete(var key) ->
                    RequestOp.newBuilder()
                            .setRequestDeleteRange(
                                    DeleteRangeRequest.newBuilder().setKey(Keys.key(key)))
                            .build();
        };
    }

    @Override
    public Subscription watch(String prefix, long from, Listener listener)
            throws WorldException, InterruptedException {
        return watches.open(prefix, from, listener);
    }

    @Override
    public Lease lease(Duration ttl) throws WorldException, InterruptedException {
        return keepAlives.grant(ttl);
    }

    @Override
    public void close() {
        watches.close();
        keepAlives.close();
        connection.close();
    }
}
