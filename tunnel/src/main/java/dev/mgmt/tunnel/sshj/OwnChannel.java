package dev.mgmt.tunnel.sshj;

import java.io.InputStream;
import java.io.OutputStream;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;

/** A channel of ours, as the library's connection and our own streams see it. */
interface OwnChannel {
    int WINDOW = 2 * 1024 * 1024;
    int PACKET = 32 * 1024;

    /** Name in the channel's open request. */
    String type();

    void handle(Message message, SSHPacket packet) throws SSHException;

    void linkLost();

    /** The far side's number of this channel. */
    int recipient();

    boolean isOpen();

    /** Begins a packet about this channel. */
    default SSHPacket packet(Message message) {
        return new SSHPacket(message).putUInt32FromInt(recipient());
    }

    /** Writes a packet unless the channel is closed already; tells whether it did. */
    boolean send(SSHPacket packet) throws TransportException;

    InputStream output();

    OutputStream input();

    void close();
}
