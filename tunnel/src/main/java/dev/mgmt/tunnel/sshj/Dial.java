package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.Route.AddressFamily;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException.Unreachable;
import dev.mgmt.tunnel.health.Countdown;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Finds the first of a name's addresses that accepts a TCP connection. */
final class Dial {
    private Dial() {}

    /**
     * Every address gets its share of the time that is left, so that one that swallows packets does
     * not use up the others'.
     *
     * @param opened told of each socket before it connects, so that another thread can close it
     */
    static Socket connect(
            Target target, Route.Direct route, Countdown countdown, Consumer<Socket> opened)
            throws Unreachable {
        String host = target.address();
        int port = target.port();
        List<InetAddress> addresses = addresses(host, port, route.family());
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            Duration share = countdown.left().dividedBy(addresses.size() - i);
            Socket socket = new Socket();
            opened.accept(socket);
            try {
                int millis = Math.toIntExact(Math.clamp(share.toMillis(), 1, Integer.MAX_VALUE));
                bind(socket, route);
                socket.connect(new InetSocketAddress(addresses.get(i), port), millis);
                return socket;
            } catch (IOException e) {
                closeQuietly(socket);
                failures.add(at(host, addresses.get(i)) + reason(e, share));
                if (i == addresses.size() - 1) {
                    throw new Unreachable(
                            Wire.text(host, port) + ": " + String.join("; ", failures), e);
                }
            }
        }
        throw new Unreachable(Wire.text(host, port) + ": the name has no address", null);
    }

    private static void bind(Socket socket, Route.Direct route) throws IOException {
        if (route.source().isPresent()) {
            socket.bind(new InetSocketAddress(route.source().get(), 0));
        }
    }

    private static List<InetAddress> addresses(String host, int port, AddressFamily family)
            throws Unreachable {
        try {
            List<InetAddress> all = List.of(InetAddress.getAllByName(host));
            List<InetAddress> chosen = all.stream().filter(each -> isOf(each, family)).toList();
            if (chosen.isEmpty() && !all.isEmpty()) {
                throw new Unreachable(
                        Wire.text(host, port) + ": the name has no address of " + family, null);
            }
            return chosen;
        } catch (UnknownHostException e) {
            throw new Unreachable(Wire.text(host, port) + ": no such host name", e);
        }
    }

    private static boolean isOf(InetAddress address, AddressFamily family) {
        return switch (family) {
            case ANY -> true;
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> address instanceof Inet6Address;
        };
    }

    /** Which address, unless that is what was asked for. */
    private static String at(String host, InetAddress address) {
        String text = address.getHostAddress();
        return text.equals(host) ? "" : "at " + text + ": ";
    }

    private static String reason(IOException e, Duration share) {
        if (e instanceof SocketTimeoutException) {
            return "no answer within " + seconds(share);
        }
        String message = e.getMessage();
        if (message == null || message.isEmpty()) {
            return "cannot connect";
        }
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    /** To the tenth: what is left of a second when a moment of it is gone is still a second. */
    static String seconds(Duration duration) {
        long tenths = Math.round(duration.toMillis() / 100.0);
        return tenths % 10 == 0
                ? tenths / 10 + " s"
                : String.format(Locale.ROOT, "%.1f s", tenths / 10.0);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was never connected: there is nothing to lose.
            return;
        }
    }
}
