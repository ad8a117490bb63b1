package dev.mgmt.engine.world;

import java.nio.charset.StandardCharsets;

/**
 * One part of a key, between two slashes: percent-encoded as in RFC 3986 section 2.1, so that a
 * name may hold any character and still takes exactly one part.
 */
public final class KeyPart {
    private static final String HEX = "0123456789ABCDEF";

    private KeyPart() {}

    public static String encode(String text) {
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
    public static String decode(String text) {
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
