package dev.mgmt.engine.kind.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.kind.download.Digest.Algorithm;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final String HEX =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void withoutAWordItIsSha256InAnyCase() {
        Digest expected = new Digest(Algorithm.SHA256, HEX);
        assertEquals(Optional.of(expected), Digest.parse(HEX));
        assertEquals(Optional.of(expected), Digest.parse("sha256:" + HEX));
        assertEquals(Optional.of(expected), Digest.parse("SHA256:" + HEX.toUpperCase(Locale.ROOT)));
        assertEquals("sha256:" + HEX, expected.toString());
        assertEquals(expected, Digest.of(Algorithm.SHA256, Algorithm.SHA256.begin()));
    }

    @Test
    void theWordAndTheLengthMustFit() {
        assertEquals(
                Optional.of(new Digest(Algorithm.SHA512, HEX + HEX)),
                Digest.parse("sha512:" + HEX + HEX));
        assertEquals(Optional.empty(), Digest.parse("sha512:" + HEX));
        assertEquals(Optional.empty(), Digest.parse(HEX + HEX));
        assertEquals(Optional.empty(), Digest.parse("sha1:" + HEX.substring(24)));
        assertEquals(Optional.empty(), Digest.parse("sha256:" + HEX.replace('e', 'g')));
        assertEquals(Optional.empty(), Digest.parse("sha256:"));
    }
}
