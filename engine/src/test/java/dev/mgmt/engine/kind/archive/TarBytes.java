package dev.mgmt.engine.kind.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Writes archives as nobody should: whatever a test asks for is what stands in them. */
final class TarBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    TarBytes file(String name, String content) {
        return entry('0', name, "", content.getBytes(UTF_8));
    }

    TarBytes directory(String name) {
        return entry('5', name, "", new byte[0]);
    }

    TarBytes link(String name, String to) {
        return entry('2', name, to, new byte[0]);
    }

    TarBytes hardLink(String name, String to) {
        return entry('1', name, to, new byte[0]);
    }

    /** Records for the entry that comes next. */
    TarBytes pax(String... records) {
        StringBuilder body = new StringBuilder();
        for (String record : records) {
            int length = record.getBytes(UTF_8).length + 2;
            length += String.valueOf(length + String.valueOf(length).length()).length();
            body.append(length).append(' ').append(record).append('\n');
        }
        return entry('x', "pax", "", body.toString().getBytes(UTF_8));
    }

    TarBytes entry(char type, String name, String link, byte[] content) {
        header(type, name, link, content.length);
        return raw(content).raw(new byte[-content.length & 511]);
    }

    /** A header alone, with whatever size. */
    TarBytes header(char type, String name, String link, long size) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644");
        put(block, 124, "%011o".formatted(size));
        put(block, 136, "14000000000");
        put(block, 157, link);
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        return summed(block);
    }

    TarBytes summed(byte[] block) {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte unit : block) {
            sum += unit & 0xFF;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        return raw(block);
    }

    TarBytes raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    byte[] end() {
        return raw(new byte[1024]).cut();
    }

    byte[] cut() {
        return bytes.toByteArray();
    }

    private static void put(byte[] block, int offset, String text) {
        byte[] written = text.getBytes(UTF_8);
        System.arraycopy(written, 0, block, offset, written.length);
    }
}
