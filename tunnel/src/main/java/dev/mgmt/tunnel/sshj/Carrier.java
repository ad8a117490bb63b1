package dev.mgmt.tunnel.sshj;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** What carries the bytes of one SSH connection: TCP, another connection's channel, a command. */
interface Carrier extends Closeable {
    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    /** Something was read that its sender may wait to hear of. */
    void acknowledge() throws IOException;

    /** Why it has ended, if it knows more than that. */
    Optional<String> failure();

    /** Wakes whoever reads or writes; never waits for the network. */
    @Override
    void close() throws IOException;
}
