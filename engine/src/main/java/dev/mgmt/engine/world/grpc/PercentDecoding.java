package dev.mgmt.engine.world.grpc;

import java.nio.charset.StandardCharsets;

/** How a status message travels; what is not well encoded is taken as it is, says the protocol. */
final class PercentDecoding {
    private PercentDecoding() {}

    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            int octet = text.charAt(i) == '%' ? octet(text, i + 1) : -1;
            if (octet >= 0) {
                bytes[size++] = (byte) octet;
                i += 2;
            } else {
                bytes[size++] = (byte) text.charAt(i);
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private static int octet(String text, int at) {
        if (at + 1 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }
}
