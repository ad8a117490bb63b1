package dev.mgmt.tunnel.etcd;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Whose the other end of a connection within this machine is. Ports of loopback are open to every
 * account: the kernel's table of connections tells one from the other.
 *
 * @param number of the account; empty: the kernel does not know the other end, or no longer
 */
public record PeerAccount(OptionalInt number) {
    private static final int ROOT = 0;
    private static final List<Path> TABLES =
            List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

    // Columns of /proc/net/tcp, see proc_pid_net(5).
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int ACCOUNT = 7;
    private static final int INODE = 9;

    /**
     * Others than an established connection have lost their account and are root's in the table.
     */
    private static final String ESTABLISHED = "01";

    public static PeerAccount of(Socket accepted) throws IOException {
        for (Path table : TABLES) {
            if (Files.exists(table)) {
                OptionalInt found =
                        owner(
                                Files.readAllLines(table),
                                (InetSocketAddress) accepted.getRemoteSocketAddress(),
                                (InetSocketAddress) accepted.getLocalSocketAddress());
                if (found.isPresent()) {
                    return new PeerAccount(found);
                }
            }
        }
        return new PeerAccount(OptionalInt.empty());
    }

    /** The account of the socket with these ends, as the peer sees them. */
    static OptionalInt owner(
            List<String> table, InetSocketAddress local, InetSocketAddress remote) {
        Set<String> locals = written(local);
        Set<String> remotes = written(remote);
        return table.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > INODE)
                .filter(columns -> locals.contains(columns[LOCAL]))
                .filter(columns -> remotes.contains(columns[REMOTE]))
                .filter(columns -> columns[STATE].equals(ESTABLISHED))
                .filter(columns -> !columns[INODE].equals("0"))
                .mapToInt(columns -> Integer.parseUnsignedInt(columns[ACCOUNT]))
                .findFirst();
    }

    /** An address of IPv4 has two ways to stand in the tables: its own, and one within IPv6. */
    private static Set<String> written(InetSocketAddress end) {
        String port = ":%04X".formatted(end.getPort());
        InetAddress address = end.getAddress();
        String words = words(address.getAddress());
        return address instanceof Inet4Address
                ? Set.of(words + port, "0000000000000000FFFF0000" + words + port)
                : Set.of(words + port);
    }

    /** Words of four bytes, each as the number it is on a little-endian machine. */
    private static String words(byte[] address) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < address.length; word += 4) {
            for (int i = 3; i >= 0; i--) {
                text.append(
                        String.format(Locale.ROOT, "%02X", Byte.toUnsignedInt(address[word + i])));
            }
        }
        return text.toString();
    }

    /** Our own, or root: those who could do as they like with this process anyway. */
    public boolean isOurs() throws IOException {
        return number.isPresent() && (number.getAsInt() == ROOT || number.getAsInt() == own());
    }

    private static int own() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    @Override
    public String toString() {
        return number.isPresent()
                ? "account " + Integer.toUnsignedString(number.getAsInt())
                : "nobody known";
    }
}
