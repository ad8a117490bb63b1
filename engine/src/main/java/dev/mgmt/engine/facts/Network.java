package dev.mgmt.engine.facts;

import dev.mgmt.engine.exchange.Value;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interfaces that are up and the addresses others may reach them by, in the order of the kernel:
 * neither loopback nor link-local ones.
 */
final class Network {
    enum Family {
        IPV4,
        IPV6
    }

    private record Card(String name, String mac, List<InetAddress> addresses) {}

    private final List<Card> cards;

    private Network(List<Card> cards) {
        this.cards = cards;
    }

    static Network ofThisHost() {
        List<Card> cards = new ArrayList<>();
        try {
            List<NetworkInterface> all =
                    NetworkInterface.networkInterfaces()
                            .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                            .toList();
            for (NetworkInterface each : all) {
                if (each.isUp() && !each.isLoopback()) {
                    cards.add(card(each));
                }
            }
        } catch (SocketException e) {
            // Then it has none that it would tell of.
        }
        return new Network(cards);
    }

    private static Card card(NetworkInterface each) throws SocketException {
        List<InetAddress> addresses =
                each.getInterfaceAddresses().stream()
                        .map(InterfaceAddress::getAddress)
                        .filter(address -> !address.isLinkLocalAddress())
                        .sorted(
                                Comparator.comparing(
                                                (InetAddress address) ->
                                                        address instanceof Inet6Address)
                                        .thenComparing(InetAddress::getHostAddress))
                        .toList();
        byte[] mac = each.getHardwareAddress();
        return new Card(
                each.getName(),
                mac == null ? "" : HexFormat.ofDelimiter(":").formatHex(mac),
                addresses);
    }

    /** Empty if there is none. */
    String first(Family family) {
        Class<? extends InetAddress> type =
                switch (family) {
                    case IPV4 -> Inet4Address.class;
                    case IPV6 -> Inet6Address.class;
                };
        return cards.stream()
                .flatMap(card -> card.addresses().stream())
                .filter(type::isInstance)
                .map(Network::shown)
                .findFirst()
                .orElse("");
    }

    Value addresses() {
        return addresses(cards.stream().flatMap(card -> card.addresses().stream()).toList());
    }

    Value interfaces() {
        List<Value> all = new ArrayList<>();
        for (Card card : cards) {
            Map<String, Value> entries = new LinkedHashMap<>();
            entries.put("name", Facts.text(card.name()));
            entries.put("mac", Facts.text(card.mac()));
            entries.put("addresses", addresses(card.addresses()));
            all.add(new Value.Entries(entries));
        }
        return new Value.Items(all);
    }

    private static Value addresses(List<InetAddress> addresses) {
        return new Value.Items(
                addresses.stream().map(address -> Facts.text(shown(address))).toList());
    }

    /** Without the interface, which Java appends to some. */
    private static String shown(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
