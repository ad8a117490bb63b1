package dev.mgmt.tunnel.sshj;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection as the SSH library reads and writes it. Counts what is heard. */
final class Wire extends InputStream {
    /** What may come before the identification (RFC 4253 4.2); more is not a server that greets. */
    private static final int LONGEST_GREETING = 8 * 1024;

    private static final int SHOWN_OF_GREETING = 60;
    private static final int BUFFER = 32 * 1024;

    private final Carrier carrier;
    private final InputStream in;
    private final StringBuilder greeting = new StringBuilder();
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;
    private volatile long heard;
    private final Sent out;

    Wire(Carrier carrier) throws IOException {
        this.carrier = carrier;
        in = carrier.in();
        out = new Sent(carrier.out());
    }

    /** Why it has ended, if more is known than that. */
    Optional<String> failure() {
        return carrier.failure();
    }

    OutputStream out() {
        return out;
    }

    /** Done as soon as one packet more has been sent. */
    CompletableFuture<Void> nextSent() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        out.next = next;
        return next;
    }

    /** The library writes each packet at once, one thread at a time. */
    private static final class Sent extends FilterOutputStream {
        private volatile CompletableFuture<Void> next = new CompletableFuture<>();

        private Sent(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            next.complete(null);
        }
    }

    /** Bytes received so far. */
    long heard() {
        return heard;
    }

    /** The first line of what a server said that does not speak SSH; empty if it said nothing. */
    String greeting() {
        String line = greeting.toString().lines().findFirst().orElse("");
        String shown =
                line.length() > SHOWN_OF_GREETING
                        ? line.substring(0, SHOWN_OF_GREETING) + "…"
                        : line;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    /** The library reads the identification byte by byte, and nothing else. */
    @Override
    public int read() throws IOException {
        if (next == end && !fill()) {
            return -1;
        }
        if (greeting.length() == LONGEST_GREETING) {
            throw new IOException("no SSH server: no identification in what it sends");
        }
        int c = buffer[next++] & 0xff;
        greeting.append((char) c);
        return c;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (next == end) {
            if (length >= BUFFER) {
                return count(in.read(into, offset, length));
            }
            if (!fill()) {
                return -1;
            }
        }
        int taken = Math.min(length, end - next);
        System.arraycopy(buffer, next, into, offset, taken);
        next += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        int read = count(in.read(buffer, 0, BUFFER));
        next = 0;
        end = Math.max(read, 0);
        return read > 0;
    }

    /** Only one thread reads at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private int count(int read) throws IOException {
        if (read > 0) {
            heard += read;
            if (read < BUFFER) {
                carrier.acknowledge();
            }
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        carrier.close();
    }

    /** As a peer would see it: {@code 192.0.2.1:22}. */
    static String text(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
