package dev.mgmt.engine.world.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The examples are those of RFC 7541 appendix C. */
class HeaderDecoderTest {
    private static final String RESPONSE_1 =
            """
            :status: 302
            cache-control: private
            date: Mon, 21 Oct 2013 20:13:21 GMT
            location: https://www.example.com
            """;
    private static final String RESPONSE_2 = RESPONSE_1.replace("302", "307");
    private static final String RESPONSE_3 =
            """
            :status: 200
            cache-control: private
            date: Mon, 21 Oct 2013 20:13:22 GMT
            location: https://www.example.com
            content-encoding: gzip
            set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1
            """;

    private HeaderDecoder decoder = new HeaderDecoder(4096, 1 << 16);

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private void decodes(String hex, String expected, int tableSize) throws ProtocolViolation {
        StringBuilder text = new StringBuilder();
        for (Header header : decoder.decode(bytes(hex))) {
            text.append(header.name()).append(": ").append(header.value()).append('\n');
        }
        assertEquals(expected, text.toString());
        assertEquals(tableSize, decoder.table().size());
    }

    private void refuses(String hex, ErrorCode code) {
        ProtocolViolation violation =
                assertThrows(ProtocolViolation.class, () -> decoder.decode(bytes(hex)));
        assertEquals(code, violation.code());
    }

    @Test
    void readsTheLiteralsOfC2() throws ProtocolViolation {
        decodes(
                "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572",
                "custom-key: custom-header\n",
                55);
        decodes("040c 2f73 616d 706c 652f 7061 7468", ":path: /sample/path\n", 55);
        decodes("1008 7061 7373 776f 7264 0673 6563 7265 74", "password: secret\n", 55);
        decodes("82", ":method: GET\n", 55);
    }

    @Test
    void readsTheRequestsOfC3() throws ProtocolViolation {
        readsRequests(
                "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
                "8286 84be 5808 6e6f 2d63 6163 6865",
                "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65");
    }

    @Test
    void readsTheHuffmanCodedRequestsOfC4() throws ProtocolViolation {
        readsRequests(
                "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
                "8286 84be 5886 a8eb 1064 9cbf",
                "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf");
    }

    private void readsRequests(String first, String second, String third) throws ProtocolViolation {
        String start = ":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\n";
        decodes(first, start, 57);
        decodes(second, start + "cache-control: no-cache\n", 110);
        decodes(
                third,
                """
                :method: GET
                :scheme: https
                :path: /index.html
                :authority: www.example.com
                custom-key: custom-value
                """,
                164);
    }

    @Test
    void readsTheResponsesOfC5AndEvictsWhatHasNoRoom() throws ProtocolViolation {
        decoder = new HeaderDecoder(256, 1 << 16);
        decodes(
                """
                4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133
                2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70
                6c65 2e63 6f6d
                """,
                RESPONSE_1,
                222);
        decodes("4803 3330 37c1 c0bf", RESPONSE_2, 222);
        decodes(
                """
                88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d
                54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049
                5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e
                3d31
                """,
                RESPONSE_3,
                215);
    }

    @Test
    void readsTheHuffmanCodedResponsesOfC6() throws ProtocolViolation {
        decoder = new HeaderDecoder(256, 1 << 16);
        decodes(
                """
                4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6
                2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3
                """,
                RESPONSE_1,
                222);
        decodes("4883 640e ffc1 c0bf", RESPONSE_2, 222);
        decodes(
                """
                88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab
                77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f
                9587 3160 65c0 03ed 4ee5 b106 3d50 07
                """,
                RESPONSE_3,
                215);
    }

    @Test
    void refusesWhatIsNoHeaderBlock() {
        refuses("80", ErrorCode.COMPRESSION_ERROR); // index 0
        refuses("be", ErrorCode.COMPRESSION_ERROR); // index 62 of an empty table
        refuses("40", ErrorCode.COMPRESSION_ERROR); // no name
        refuses("4005 6162", ErrorCode.COMPRESSION_ERROR); // half a name
        refuses("ff", ErrorCode.COMPRESSION_ERROR); // half a number
        refuses("ff ffff ffff 0f", ErrorCode.COMPRESSION_ERROR); // a number of 32 bits
        refuses("8220", ErrorCode.COMPRESSION_ERROR); // a resize after a header
        refuses("3fe2 1f", ErrorCode.COMPRESSION_ERROR); // a table of 4097 octets
        refuses("0081 0000", ErrorCode.COMPRESSION_ERROR); // padded with zeros
        refuses("0084 ffff ffff 00", ErrorCode.COMPRESSION_ERROR); // the end-of-string code
        refuses("0082 07ff 00", ErrorCode.COMPRESSION_ERROR); // padded with more than an octet
    }

    @Test
    void aTableOfSizeZeroForgetsEverything() throws ProtocolViolation {
        decodes("4001 6101 62", "a: b\n", 34);
        decodes("20", "", 0);
        refuses("be", ErrorCode.COMPRESSION_ERROR);
    }

    @Test
    void aFewOctetsDoNotBecomeAListWithoutEnd() throws ProtocolViolation {
        decoder = new HeaderDecoder(4096, 300);
        decodes("82828282", ":method: GET\n".repeat(4), 0);
        refuses("82".repeat(8), ErrorCode.ENHANCE_YOUR_CALM);
    }

    @Test
    void readsWhatTheEncoderWrites() throws ProtocolViolation {
        List<Header> headers =
                List.of(
                        new Header(":path", "/etcdserverpb.KV/Range"),
                        new Header("empty", ""),
                        new Header("long", "x".repeat(126)),
                        new Header("longer", "y".repeat(127)),
                        new Header("longest", "z".repeat(20_000)));
        assertEquals(headers, decoder.decode(HeaderEncoder.encode(headers)));
    }

    @Test
    void garbageIsRefusedAndNothingElseHappens() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] block = new byte[random.nextInt(64)];
            random.nextBytes(block);
            try {
                decoder.decode(block);
            } catch (ProtocolViolation _) {
                refused++;
                decoder = new HeaderDecoder(4096, 1 << 16);
            }
        }
        assertTrue(refused > 1000, "refused only " + refused);
    }
}
