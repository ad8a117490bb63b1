package dev.mgmt.tunnel.etcd;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A visitor's two streams, held to {@link FrameRules}. Each is used by one thread at a time. */
final class GuardedStreams {
    /** RFC 9113, section 3.4: what a client says before its first frame. */
    private static final int PREFACE_BYTES = 24;

    private final FrameRules rules;
    private final Consumer<String> complaints;

    /** What ended it. */
    private @Nullable String fault;

    /**
     * @param complaints told once, of what breaks the connection off
     */
    GuardedStreams(FrameRules rules, Consumer<String> complaints) {
        this.rules = rules;
        this.complaints = complaints;
    }

    InputStream guard(InputStream input) {
        var cutter = new FrameCutter(PREFACE_BYTES, this::judge);
        return new FilterInputStream(input) {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count > 0) {
                    cutter.pass(bytes, offset, count);
                }
                if (fault != null) {
                    throw new IOException("the peer " + fault);
                }
                return count;
            }
        };
    }

    private void judge(Frame frame) {
        if (fault == null) {
            rules.received(frame)
                    .ifPresent(
                            found -> {
                                fault = found;
                                complaints.accept(found);
                            });
        }
    }

    OutputStream guard(OutputStream output) {
        var cutter = new FrameCutter(0, rules::sent);
        return new FilterOutputStream(output) {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                cutter.pass(bytes, offset, length);
                out.write(bytes, offset, length);
            }
        };
    }
}
