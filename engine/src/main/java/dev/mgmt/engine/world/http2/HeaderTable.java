package dev.mgmt.engine.world.http2;

import java.util.ArrayList;

/** What an index in a header block stands for: RFC 7541 section 2.3. */
final class HeaderTable {
    /** RFC 7541 appendix A: name and value in turn, from index 1 on. */
    private static final String[] STATIC = {
        ":authority",
        "",
        ":method",
        "GET",
        ":method",
        "POST",
        ":path",
        "/",
        ":path",
        "/index.html",
        ":scheme",
        "http",
        ":scheme",
        "https",
        ":status",
        "200",
        ":status",
        "204",
        ":status",
        "206",
        ":status",
        "304",
        ":status",
        "400",
        ":status",
        "404",
        ":status",
        "500",
        "accept-charset",
        "",
        "accept-encoding",
        "gzip, deflate",
        "accept-language",
        "",
        "accept-ranges",
        "",
        "accept",
        "",
        "access-control-allow-origin",
        "",
        "age",
        "",
        "allow",
        "",
        "authorization",
        "",
        "cache-control",
        "",
        "content-disposition",
        "",
        "content-encoding",
        "",
        "content-language",
        "",
        "content-length",
        "",
        "content-location",
        "",
        "content-range",
        "",
        "content-type",
        "",
        "cookie",
        "",
        "date",
        "",
        "etag",
        "",
        "expect",
        "",
        "expires",
        "",
        "from",
        "",
        "host",
        "",
        "if-match",
        "",
        "if-modified-since",
        "",
        "if-none-match",
        "",
        "if-range",
        "",
        "if-unmodified-since",
        "",
        "last-modified",
        "",
        "link",
        "",
        "location",
        "",
        "max-forwards",
        "",
        "proxy-authenticate",
        "",
        "proxy-authorization",
        "",
        "range",
        "",
        "referer",
        "",
        "refresh",
        "",
        "retry-after",
        "",
        "server",
        "",
        "set-cookie",
        "",
        "strict-transport-security",
        "",
        "transfer-encoding",
        "",
        "user-agent",
        "",
        "vary",
        "",
        "via",
        "",
        "www-authenticate",
        ""
    };

    private static final int STATIC_COUNT = STATIC.length / 2;

    /** Oldest first; the newest has the lowest index. */
    private final ArrayList<Header> dynamic = new ArrayList<>();

    private final int limit;
    private int capacity;
    private int size;

    /**
     * @param limit of the dynamic part, in octets as {@link Header#size()} counts them
     */
    HeaderTable(int limit) {
        this.limit = limit;
        this.capacity = limit;
    }

    Header at(int index) throws ProtocolViolation {
        if (index >= 1 && index <= STATIC_COUNT) {
            return new Header(STATIC[2 * index - 2], STATIC[2 * index - 1]);
        }
        int age = index - STATIC_COUNT - 1;
        if (age < 0 || age >= dynamic.size()) {
            throw new ProtocolViolation(
                    ErrorCode.COMPRESSION_ERROR, "a header refers to index " + index);
        }
        return dynamic.get(dynamic.size() - 1 - age);
    }

    /** RFC 7541 section 4.4: one that is larger than the table empties it. */
    void add(Header header) {
        makeRoom(header.size());
        if (header.size() <= capacity) {
            dynamic.add(header);
            size += header.size();
        }
    }

    /** RFC 7541 section 6.3 */
    void resize(int newCapacity) throws ProtocolViolation {
        if (newCapacity > limit) {
            throw new ProtocolViolation(
                    ErrorCode.COMPRESSION_ERROR,
                    "a header table of " + newCapacity + " octets where " + limit + " are allowed");
        }
        capacity = newCapacity;
        makeRoom(0);
    }

    private void makeRoom(int wanted) {
        int evicted = 0;
        while (evicted < dynamic.size() && size + wanted > capacity) {
            size -= dynamic.get(evicted).size();
            evicted++;
        }
        dynamic.subList(0, evicted).clear();
    }

    int size() {
        return size;
    }
}
