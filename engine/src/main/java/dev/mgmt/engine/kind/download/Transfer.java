package dev.mgmt.engine.kind.download;

import dev.mgmt.engine.os.FileFault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;

/**
 * One answer of a web server under way. Reads are cut short by an interrupt, as those of sockets
 * are on virtual threads: the read then throws, and the thread is still marked as interrupted.
 *
 * <p>Java's older client, because it is in its base module; the newer one would have to be sent to
 * every host.
 */
final class Transfer implements AutoCloseable {
    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** What Java says when a connection ends in the middle. */
    private static final String PREMATURE = "Premature EOF";

    private final HttpGetResource resource;
    private final HttpURLConnection connection;

    private Transfer(HttpGetResource resource, HttpURLConnection connection) {
        this.resource = resource;
        this.connection = connection;
    }

    /** Asks, and follows where it is sent, until the file itself is about to come. */
    static Transfer begin(HttpGetResource resource, Trust trust) throws IOException {
        URI url = resource.url();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Transfer asked = new Transfer(resource, open(resource, url, trust));
            boolean done = false;
            try {
                int code = asked.connection.getResponseCode();
                if (code == HttpURLConnection.HTTP_OK) {
                    done = true;
                    return asked;
                }
                if (!REDIRECTS.contains(code)) {
                    throw asked.fault("the server answered " + asked.answer(code));
                }
                url = asked.next(url);
            } catch (IOException e) {
                throw asked.said(e);
            } finally {
                if (!done) {
                    asked.close();
                }
            }
        }
        throw fault(resource, "more than " + MOST_REDIRECTS + " redirects");
    }

    /** To be read to its end; fails if the server promised more than it sent. */
    InputStream body() throws IOException {
        try {
            return new Counted(connection.getInputStream(), connection.getContentLengthLong());
        } catch (IOException e) {
            throw said(e);
        }
    }

    FileFault fault(String reason) {
        return fault(resource, reason);
    }

    private static FileFault fault(HttpGetResource resource, String reason) {
        return new FileFault(
                "cannot download %s: %s".formatted(WebAddress.shown(resource.url()), reason));
    }

    @Override
    public void close() {
        connection.disconnect();
    }

    private static HttpURLConnection open(HttpGetResource resource, URI url, Trust trust)
            throws IOException {
        URLConnection opened = url.toURL().openConnection();
        if (!(opened instanceof HttpURLConnection connection)) {
            throw fault(resource, "not an address of a web server");
        }
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(trust.sockets());
        }
        int millis = Math.toIntExact(resource.silence().toMillis());
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("User-Agent", "mgmt");
        connection.setRequestProperty("Accept", "*/*");
        // The digest is that of the file, not of a packed form of it.
        connection.setRequestProperty("Accept-Encoding", "identity");
        // Else the connection is kept for a next request that never comes.
        connection.setRequestProperty("Connection", "close");
        if (WebAddress.sameServer(resource.url(), url)) {
            resource.headers().forEach(connection::setRequestProperty);
        }
        return connection;
    }

    private URI next(URI from) throws FileFault {
        String location = connection.getHeaderField("Location");
        URI next;
        try {
            next = from.resolve(location == null ? "" : location);
        } catch (IllegalArgumentException e) {
            throw fault("redirected to what is not an address");
        }
        if (location == null || !WebAddress.fits(next)) {
            throw fault("redirected to what is not an address of a web server");
        }
        if (WebAddress.isSecure(from) && !WebAddress.isSecure(next)) {
            throw fault("redirected from https to http, which anybody on the way could have done");
        }
        return next;
    }

    private String answer(int code) throws IOException {
        String words = connection.getResponseMessage();
        String status = words == null || words.isBlank() ? "" : " " + words.strip();
        return code < 0 ? "something that is not HTTP" : code + status;
    }

    private FileFault said(IOException cause) {
        if (cause instanceof FileFault known) {
            return known;
        }
        String words = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        FileFault fault =
                fault(
                        switch (cause) {
                            case UnknownHostException _ -> "no such host";
                            case SocketTimeoutException _ ->
                                    "no answer for %d s (`timeout`)"
                                            .formatted(resource.silence().toSeconds());
                            case ConnectException _ -> words;
                            case SSLException _ -> "TLS: " + words;
                            default -> words;
                        });
        fault.initCause(cause);
        return fault;
    }

    /** A server that goes away in the middle looks like one that has sent all. */
    private final class Counted extends FilterInputStream {
        private final long promised;
        private long come;

        private Counted(InputStream from, long promised) {
            super(from);
            this.promised = promised;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] block, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(block, offset, length);
            } catch (IOException e) {
                throw PREMATURE.equals(e.getMessage()) ? cutShort() : said(e);
            }
            if (read < 0 && promised >= 0 && come < promised) {
                throw cutShort();
            }
            come += Math.max(0, read);
            return read;
        }

        private FileFault cutShort() {
            String of = promised < 0 ? "" : " of " + promised;
            return fault("it ended too early, after %d%s bytes".formatted(come, of));
        }
    }
}
