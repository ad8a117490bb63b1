package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.World.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * A WatchResponse of rpc.proto: watch_id 2, created 3, canceled 4, compact_revision 5,
 * cancel_reason 6, events 11.
 *
 * @param compacted the revision before which nothing is known any more; 0 if that is not the matter
 */
record WatchNews(
        long id,
        boolean created,
        boolean cancelled,
        long compacted,
        String reason,
        List<Batch> batches) {

    /** What one revision changed. */
    record Batch(long revision, List<Change> changes) {}

    static WatchNews read(byte[] message) throws MalformedMessage {
        MessageReader in = new MessageReader(message);
        long id = 0;
        boolean created = false;
        boolean cancelled = false;
        long compacted = 0;
        String reason = "";
        List<Batch> batches = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> id = in.number();
                case 3 -> created = in.number() != 0;
                case 4 -> cancelled = in.number() != 0;
                case 5 -> compacted = in.number();
                case 6 -> reason = in.text();
                case 11 -> addEvent(in.message(), batches);
                default -> {}
            }
        }
        return new WatchNews(id, created, cancelled, compacted, reason, batches);
    }

    /** mvccpb.Event: type 1 (PUT is 0), kv 2. A revision's events stand next to each other. */
    private static void addEvent(MessageReader event, List<Batch> batches) throws MalformedMessage {
        boolean deleted = false;
        Entry entry = new Entry("", "", 0);
        while (event.next()) {
            switch (event.field()) {
                case 1 -> deleted = event.number() != 0;
                case 2 -> entry = Responses.keyValue(event.message());
                default -> {}
            }
        }
        if (batches.isEmpty() || batches.getLast().revision() != entry.revision()) {
            batches.add(new Batch(entry.revision(), new ArrayList<>()));
        }
        Change change = deleted ? new Change.Deleted(entry.key()) : new Change.Put(entry);
        batches.getLast().changes().add(change);
    }
}
