package dev.mgmt.engine.world.grpc;

import dev.mgmt.engine.world.http2.Connection;
import dev.mgmt.engine.world.http2.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes calls over one connection. */
public final class Channel {
    /** An answer may be everything that the store holds; more than this is a mistake. */
    private static final int LONGEST_MESSAGE = 256 << 20;

    private static final Header METHOD = new Header(":method", "POST");
    private static final Header SCHEME = new Header(":scheme", "http");
    private static final Header AUTHORITY = new Header(":authority", "store");
    private static final Header TE = new Header("te", "trailers");
    private static final int PLACE_OF_PATH = 2;
    private static final Header CONTENT_TYPE = new Header("content-type", "application/grpc");

    private final Connection connection;
    private final Duration limit;

    /** What every request carries. */
    private volatile List<Header> common = List.of(METHOD, SCHEME, AUTHORITY, TE, CONTENT_TYPE);

    /**
     * @param limit of the time between a question and its whole answer
     */
    public Channel(Connection connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /** Every call from now on carries this as well. */
    public void carry(Header header) {
        List<Header> more = new ArrayList<>(common);
        more.add(header);
        common = List.copyOf(more);
    }

    /**
     * One message there, one back. Blocks until then.
     *
     * @param path of the method, as {@code /package.Service/Method}
     */
    public byte[] ask(String path, byte[] message) throws CallFailed, InterruptedException {
        Answer answer = new Answer();
        Call call = open(path, answer);
        try {
            call.sendLast(message);
            return answer.await(limit);
        } finally {
            call.cancel();
        }
    }

    /** Any number of messages there and back. Nothing is sent before the first of them. */
    public Call open(String path, Receiver receiver) throws CallFailed, InterruptedException {
        Call call = new Call(receiver, LONGEST_MESSAGE);
        List<Header> headers = new ArrayList<>(common);
        headers.add(PLACE_OF_PATH, new Header(":path", path));
        call.open(connection, headers);
        return call;
    }
}
