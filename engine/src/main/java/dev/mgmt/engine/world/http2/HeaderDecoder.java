package dev.mgmt.engine.world.http2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads header blocks: RFC 7541 sections 5 and 6. Every block of a connection has to pass through
 * its one decoder in the order of arrival, wanted or not, as each may change the table.
 */
final class HeaderDecoder {
    private final HeaderTable table;
    private final int mostOctets;
    private byte[] block = new byte[0];
    private int at;

    /**
     * @param mostOctets of one decoded list, as {@link Header#size()} counts them: a block of a few
     *     indices can stand for a very long list
     */
    HeaderDecoder(int tableLimit, int mostOctets) {
        this.table = new HeaderTable(tableLimit);
        this.mostOctets = mostOctets;
    }

    HeaderTable table() {
        return table;
    }

    List<Header> decode(byte[] headerBlock) throws ProtocolViolation {
        block = headerBlock;
        at = 0;
        readTableSizes();
        List<Header> headers = new ArrayList<>();
        int octets = 0;
        while (at < block.length) {
            Header header = readField();
            octets += header.size();
            if (octets > mostOctets) {
                throw new ProtocolViolation(
                        ErrorCode.ENHANCE_YOUR_CALM,
                        "headers of more than " + mostOctets + " octets");
            }
            headers.add(header);
        }
        return headers;
    }

    /** RFC 7541 section 4.2: a change of the table's size stands at the beginning of a block. */
    private void readTableSizes() throws ProtocolViolation {
        while (at < block.length && (block[at] & 0xe0) == 0x20) {
            table.resize(readNumber(5));
        }
    }

    private Header readField() throws ProtocolViolation {
        int first = block[at];
        if ((first & 0x80) != 0) {
            return table.at(readNumber(7)); // 6.1: indexed
        }
        if ((first & 0x40) != 0) {
            Header header = readLiteral(6); // 6.2.1: literal, to be remembered
            table.add(header);
            return header;
        }
        if ((first & 0x20) != 0) {
            throw violation("a header table is resized between headers");
        }
        return readLiteral(4); // 6.2.2 and 6.2.3: literal, not to be remembered
    }

    private Header readLiteral(int prefix) throws ProtocolViolation {
        int index = readNumber(prefix);
        String name = index == 0 ? readString() : table.at(index).name();
        return new Header(name, readString());
    }

    /** RFC 7541 section 5.2 */
    private String readString() throws ProtocolViolation {
        if (at >= block.length) {
            throw violation("a header block ends before a string");
        }
        boolean packed = (block[at] & 0x80) != 0;
        int length = readNumber(7);
        if (length > block.length - at) {
            throw violation("a header block ends within a string");
        }
        int from = at;
        at += length;
        return packed
                ? Huffman.decode(block, from, at)
                : new String(block, from, length, StandardCharsets.ISO_8859_1);
    }

    /** RFC 7541 section 5.1; what does not fit 28 bits is longer than anything allowed here. */
    private int readNumber(int prefix) throws ProtocolViolation {
        int most = (1 << prefix) - 1;
        int number = block[at++] & most;
        if (number < most) {
            return number;
        }
        for (int shift = 0; shift < 28; shift += 7) {
            if (at >= block.length) {
                throw violation("a header block ends within a number");
            }
            int octet = block[at++];
            number += (octet & 0x7f) << shift;
            if (octet >= 0) {
                return number;
            }
        }
        throw violation("a header block holds a number of more than 28 bits");
    }

    private static ProtocolViolation violation(String message) {
        return new ProtocolViolation(ErrorCode.COMPRESSION_ERROR, message);
    }
}
