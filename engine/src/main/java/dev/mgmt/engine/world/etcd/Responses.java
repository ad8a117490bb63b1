package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.World.Commit;
import dev.mgmt.engine.world.World.Entry;
import dev.mgmt.engine.world.World.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** etcd's answers; field numbers as in rpc.proto, the messages named above each. */
final class Responses {
    private Responses() {}

    /** AuthenticateResponse: token 2. */
    static String token(byte[] message) throws MalformedMessage {
        MessageReader in = new MessageReader(message);
        String token = "";
        while (in.next()) {
            if (in.field() == 2) {
                token = in.text();
            }
        }
        return token;
    }

    /** RangeResponse: header 1, kvs 2. */
    static Snapshot range(byte[] message) throws MalformedMessage {
        MessageReader in = new MessageReader(message);
        long revision = 0;
        List<Entry> entries = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> revision = revision(in.message());
                case 2 -> entries.add(keyValue(in.message()));
                default -> {}
            }
        }
        return new Snapshot(revision, entries);
    }

    /** TxnResponse: header 1, succeeded 2. */
    static Commit txn(byte[] message) throws MalformedMessage {
        MessageReader in = new MessageReader(message);
        long revision = 0;
        boolean succeeded = false;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> revision = revision(in.message());
                case 2 -> succeeded = in.number() != 0;
                default -> {}
            }
        }
        return new Commit(succeeded, revision);
    }

    /** ResponseHeader: revision 3. */
    static long revision(MessageReader header) throws MalformedMessage {
        long revision = 0;
        while (header.next()) {
            if (header.field() == 3) {
                revision = header.number();
            }
        }
        return revision;
    }

    /** mvccpb.KeyValue: key 1, mod_revision 3, value 5. */
    static Entry keyValue(MessageReader in) throws MalformedMessage {
        String key = "";
        String value = "";
        long revision = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.text();
                case 3 -> revision = in.number();
                case 5 -> value = in.text();
                default -> {}
            }
        }
        return new Entry(key, value, revision);
    }

    /**
     * LeaseGrantResponse and LeaseKeepAliveResponse: ID 2, TTL 3.
     *
     * @param seconds to live from now on; not above zero if there is no such lease
     */
    record Granted(long id, long seconds) {}

    static Granted granted(byte[] message) throws MalformedMessage {
        MessageReader in = new MessageReader(message);
        long id = 0;
        long seconds = 0;
        while (in.next()) {
            switch (in.field()) {
                case 2 -> id = in.number();
                case 3 -> seconds = in.number();
                default -> {}
            }
        }
        return new Granted(id, seconds);
    }
}
