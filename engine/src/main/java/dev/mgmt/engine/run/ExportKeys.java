package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where exports lie in the store: {@code /_mgmt/exports/<host>/<kind>/<name>}, each part
 * percent-encoded as in RFC 3986 section 2.1, so that a name may hold any character.
 */
final class ExportKeys {
    static final String ALL = "/_mgmt/exports/";
    private static final String HEX = "0123456789ABCDEF";

    private ExportKeys() {}

    record Place(String host, ResourceId id) {}

    static String ofHost(String host) {
        return ALL + encode(host) + "/";
    }

    static String of(String host, ResourceId id) {
        return ofHost(host) + encode(id.kind()) + "/" + encode(id.name());
    }

    /** Null for a key that is none of ours. */
    static @Nullable Place parse(String key) {
        int host = key.indexOf('/', ALL.length());
        int kind = host < 0 ? -1 : key.indexOf('/', host + 1);
        if (kind < 0 || !key.startsWith(ALL) || key.indexOf('/', kind + 1) >= 0) {
            return null;
        }
        String hostName = decode(key.substring(ALL.length(), host));
        String kindName = decode(key.substring(host + 1, kind));
        String name = decode(key.substring(kind + 1));
        boolean whole = !hostName.isEmpty() && !kindName.isEmpty() && !name.isEmpty();
        return whole ? new Place(hostName, new ResourceId(kindName, name)) : null;
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            if (unreserved(unit)) {
                encoded.append((char) unit);
            } else {
                encoded.append('%')
                        .append(HEX.charAt(unit >> 4 & 15))
                        .append(HEX.charAt(unit & 15));
            }
        }
        return encoded.toString();
    }

    /** Empty if the text is no percent-encoding: no part of a key is ever empty. */
    private static String decode(String text) {
        byte[] units = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int value = i + 2 < text.length() ? hex(text, i + 1) : -1;
                if (value < 0) {
                    return "";
                }
                units[length] = (byte) value;
                i += 2;
            } else {
                units[length] = (byte) c;
            }
            length++;
        }
        return new String(units, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static boolean unreserved(byte unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || unit == '-'
                || unit == '.'
                || unit == '_'
                || unit == '~';
    }
}
