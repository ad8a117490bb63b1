package dev.mgmt.tunnel.sshj;

import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;

/**
 * How many bytes a channel's other side may still send (RFC 4254, section 5.2). Guarded by the
 * channel's lock.
 */
final class ReceiveWindow {
    private final ReentrantLock lock;
    private final long size;
    private long left;
    private long unacknowledged;

    ReceiveWindow(ReentrantLock lock, long size) {
        this.lock = lock;
        this.size = size;
        left = size;
    }

    /** Takes in the data that a packet brings; called without the lock. */
    void receive(SSHPacket packet, ExecOutput output) throws SSHException {
        int length = packet.readUInt32AsInt();
        if (length < 0 || length > packet.available()) {
            throw new ConnectionException(DisconnectReason.PROTOCOL_ERROR, "data is cut short");
        }
        lock.lock();
        try {
            left -= length;
            if (left < 0) {
                throw new ConnectionException(
                        DisconnectReason.PROTOCOL_ERROR, "more data than the window allows");
            }
        } finally {
            lock.unlock();
        }
        byte[] chunk = new byte[length];
        packet.readRawBytes(chunk);
        output.receive(chunk);
    }

    void consumed(int bytes) {
        unacknowledged += bytes;
    }

    /**
     * By how much the other side is to be told that the window grows: 0 until half of it is
     * consumed, as an adjustment for every read would double the packets.
     */
    long grow() {
        if (unacknowledged < size / 2) {
            return 0;
        }
        long adjustment = unacknowledged;
        left += adjustment;
        unacknowledged = 0;
        return adjustment;
    }
}
