package dev.mgmt.engine.kind.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mgmt.engine.os.FileFault;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * One header block of POSIX.1 (pax, "ustar Interchange Format"), of GNU tar or of what came before
 * both: 512 bytes, texts that end at the first NUL, numbers in octal digits or, where those do not
 * suffice, in base 256.
 */
final class TarHeader {
    static final int BYTES = 512;

    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;

    private final byte[] block;

    TarHeader(byte[] block) {
        this.block = block;
    }

    /** Two of them end an archive. */
    boolean isEmpty() {
        for (byte unit : block) {
            if (unit != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a header at all; some old programs added up signed bytes. */
    boolean isWhole() {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BYTES; i++) {
            boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES;
            unsigned += own ? ' ' : block[i] & 0xFF;
            signed += own ? ' ' : block[i];
        }
        try {
            long said = number(CHECKSUM, CHECKSUM_BYTES);
            return said == unsigned || said == signed;
        } catch (FileFault e) {
            return false;
        }
    }

    String name() {
        String name = text(0, 100);
        // GNU's own format, whose magic has a blank, keeps other things there.
        boolean prefixed = block[MAGIC + 5] == 0 && text(MAGIC, 6).equals("ustar");
        String prefix = prefixed ? text(PREFIX, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    int mode() throws FileFault {
        return (int) number(100, 8) & 0777;
    }

    long size() throws FileFault {
        long size = number(124, 12);
        if (size < 0) {
            throw new FileFault("it has a file of negative size");
        }
        return size;
    }

    long modifiedSeconds() throws FileFault {
        return number(136, 12);
    }

    char type() {
        return (char) (block[156] & 0xFF);
    }

    String linkName() {
        return text(157, 100);
    }

    private String text(int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, UTF_8);
    }

    private long number(int offset, int length) throws FileFault {
        byte[] field = Arrays.copyOfRange(block, offset, offset + length);
        return (field[0] & 0x80) == 0 ? octal(field) : base256(field);
    }

    private static long octal(byte[] field) throws FileFault {
        String digits = new String(field, UTF_8).replace('\0', ' ').strip();
        int end = digits.indexOf(' ');
        String first = end < 0 ? digits : digits.substring(0, end);
        try {
            return first.isEmpty() ? 0 : Long.parseUnsignedLong(first, 8);
        } catch (NumberFormatException e) {
            throw new FileFault("it has a header with a number that is none");
        }
    }

    /** Two's complement, without the bit that says so. */
    private static long base256(byte[] field) throws FileFault {
        boolean negative = (field[0] & 0x40) != 0;
        byte[] bytes = field.clone();
        bytes[0] = (byte) (negative ? bytes[0] | 0x80 : bytes[0] & 0x7F);
        try {
            return new BigInteger(bytes).longValueExact();
        } catch (ArithmeticException e) {
            throw new FileFault("it has a header with a number that is too large");
        }
    }
}
