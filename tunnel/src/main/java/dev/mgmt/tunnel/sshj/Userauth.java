package dev.mgmt.tunnel.sshj;

import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.userauth.UserAuthImpl;

/**
 * The library's, which says of all attempts together whether one was accepted in part; this one
 * says it of the last (RFC 4252 section 5.1).
 */
final class Userauth extends UserAuthImpl {
    private volatile boolean taken;

    Userauth(Transport transport) {
        super(transport);
    }

    /** Whether the last attempt was accepted, and more is wanted. */
    boolean wasTaken() {
        return taken;
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        taken = message == Message.USERAUTH_FAILURE && isPartial(packet);
        super.handle(message, packet);
    }

    private static boolean isPartial(SSHPacket packet) {
        try {
            SSHPacket copy = new SSHPacket(packet);
            var _ = copy.readString();
            return copy.readBoolean();
        } catch (Buffer.BufferException e) {
            // The library meets the same end of the packet, and tells.
            return false;
        }
    }
}
