package dev.mgmt.engine.world.http2;

import java.nio.charset.StandardCharsets;

/**
 * The Huffman code of RFC 7541 section 5.2 and appendix B, for reading. The code is canonical:
 * codes of one length are consecutive numbers in the order of their symbols, and the first of a
 * length follows from those before it. So the lengths say it all.
 */
final class Huffman {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 30;

    /** The length of each symbol's code, from a for 5 bits to z for 30. */
    private static final String LENGTHS =
            "isxxxxxxxtzxxzxxxxxxxxzxxxxxxxxx"
                    + "bffhibdgffdgdbbbaaabbbbbbbcdkbhf"
                    + "ibccccccccccccccccccccccdcdioijb"
                    + "kabababbbaccbbbabcbaabccccckgjix"
                    + "prpprrrsrssssststtrstssssqrsrsst"
                    + "rqprrssqsrrtqrssqqrqsrssprrrsrrs"
                    + "vvporsruvvvwwvtuoqvwwvwtqqvvxwww"
                    + "ptpqrqqsrruuttvsvwvvwwwwwxwwwwwv";

    /** By length: the first code, and where its symbol stands in {@link #SYMBOLS}. */
    private static final int[] FIRST = new int[LONGEST + 2];

    private static final int[] PLACE = new int[LONGEST + 2];

    /** By length, then by value. */
    private static final byte[] SYMBOLS = new byte[256];

    static {
        int code = 0;
        int place = 0;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            FIRST[length] = code;
            PLACE[length] = place;
            for (int symbol = 0; symbol < 256; symbol++) {
                if (LENGTHS.charAt(symbol) - 'a' + SHORTEST == length) {
                    SYMBOLS[place++] = (byte) symbol;
                    code++;
                }
            }
            code <<= 1;
        }
        PLACE[LONGEST + 1] = place;
    }

    private Huffman() {}

    static String decode(byte[] bytes, int from, int to) throws ProtocolViolation {
        byte[] text = new byte[(to - from) * 8 / SHORTEST];
        int size = 0;
        int code = 0;
        int length = 0;
        for (int bit = from * 8; bit < to * 8; bit++) {
            code = (code << 1) | ((bytes[bit >> 3] >> (7 - (bit & 7))) & 1);
            length++;
            int symbol = symbol(code, length);
            if (symbol >= 0) {
                text[size++] = (byte) symbol;
                code = 0;
                length = 0;
            } else if (length == LONGEST) {
                throw new ProtocolViolation(
                        ErrorCode.COMPRESSION_ERROR,
                        "a Huffman string holds the end-of-string code");
            }
        }
        requirePadding(code, length);
        return new String(text, 0, size, StandardCharsets.ISO_8859_1);
    }

    /** -1 as long as the bits are no whole code. */
    private static int symbol(int code, int length) {
        if (length < SHORTEST) {
            return -1;
        }
        int place = PLACE[length] + code - FIRST[length];
        return place < PLACE[length + 1] ? SYMBOLS[place] & 0xff : -1;
    }

    /** What is left over is the beginning of the end-of-string code: ones, fewer than eight. */
    private static void requirePadding(int code, int length) throws ProtocolViolation {
        if (length > 7 || code != (1 << length) - 1) {
            throw new ProtocolViolation(
                    ErrorCode.COMPRESSION_ERROR, "a Huffman string is not padded with ones");
        }
    }
}
