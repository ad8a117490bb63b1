package dev.mgmt.tunnel.etcd;

import dev.mgmt.tunnel.etcd.Revisions.Change;
import dev.mgmt.tunnel.etcd.Watchers.Taken.News;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.util.ArrayList;
import java.util.List;

/** What a watch is told about a run of revisions, in the messages of etcd's API. */
final class WatchNews {
    /** From here on, a watch that asked for it gets several messages, as from etcd. */
    private static final int FRAGMENT_BYTES = RequestRules.MOST_BYTES + (512 << 10);

    private WatchNews() {}

    static List<WatchResponse> of(WatchCreateRequest request, long id, News news) {
        var events = new ArrayList<Event>();
        for (var commit : news.commits()) {
            for (var change : commit.changes()) {
                events.add(event(change, request, news.compacted()));
            }
        }
        var whole =
                WatchResponse.newBuilder()
                        .setHeader(EmbeddedCalls.header(news.revision()))
                        .setWatchId(id)
                        .addAllEvents(events)
                        .build();
        return NewerFields.wantsFragments(request) && whole.getSerializedSize() >= FRAGMENT_BYTES
                ? fragments(whole)
                : List.of(whole);
    }

    private static Event event(Change change, WatchCreateRequest request, long compacted) {
        var event =
                Event.newBuilder()
                        .setType(change.isDeletion() ? Event.EventType.DELETE : Event.EventType.PUT)
                        .setKv(change.after());
        var before = change.before();
        boolean known = change.after().getModRevision() - 1 >= compacted;
        if (request.getPrevKv() && before != null && known) {
            event.setPrevKv(before);
        }
        return event.build();
    }

    private static List<WatchResponse> fragments(WatchResponse whole) {
        var fragments = new ArrayList<WatchResponse>();
        var frame = whole.toBuilder().clearEvents().build();
        var next = frame.toBuilder();
        int bytes = 0;
        for (var event : whole.getEventsList()) {
            if (bytes > 0 && bytes + event.getSerializedSize() >= FRAGMENT_BYTES) {
                NewerFields.markAsFragment(next);
                fragments.add(next.build());
                next = frame.toBuilder();
                bytes = 0;
            }
            next.addEvents(event);
            bytes += event.getSerializedSize();
        }
        fragments.add(next.build());
        return fragments;
    }
}
