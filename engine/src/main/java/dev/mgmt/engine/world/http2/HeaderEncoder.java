package dev.mgmt.engine.world.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes header blocks as literals without indexing (RFC 7541 section 6.2.2) and without Huffman:
 * there is no table to keep, so that blocks may be made in any order, and a request's few headers
 * are small.
 */
final class HeaderEncoder {
    private HeaderEncoder() {}

    static byte[] encode(List<Header> headers) {
        ByteArrayOutputStream block = new ByteArrayOutputStream(160);
        for (Header header : headers) {
            block.write(0);
            writeString(header.name(), block);
            writeString(header.value(), block);
        }
        return block.toByteArray();
    }

    private static void writeString(String text, ByteArrayOutputStream block) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        writeLength(bytes.length, block);
        block.write(bytes, 0, bytes.length);
    }

    /** RFC 7541 section 5.1 with a prefix of seven bits. */
    private static void writeLength(int length, ByteArrayOutputStream block) {
        if (length < 127) {
            block.write(length);
            return;
        }
        block.write(127);
        int rest = length - 127;
        while (rest > 127) {
            block.write((rest & 0x7f) | 0x80);
            rest >>= 7;
        }
        block.write(rest);
    }
}
