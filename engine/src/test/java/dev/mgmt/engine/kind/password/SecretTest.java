package dev.mgmt.engine.kind.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static PasswordResource resource(int length, String charset) {
        return new PasswordResource(
                new ResourceId("password", "p"),
                Meta.NONE,
                length,
                charset,
                PasswordResource.Keeping.SAVED,
                PasswordResource.Damage.IS_ERROR);
    }

    @Test
    void everyCharacterIsAsLikelyAsAnyOther() {
        String charset = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        Secret secret = Secret.make(resource(62_000, charset), new SplittableRandom(7));
        Map<Integer, Integer> counts = new HashMap<>();
        secret.text().codePoints().forEach(c -> counts.merge(c, 1, Integer::sum));
        assertEquals(62, counts.size(), "the first and the last too");
        counts.values().forEach(count -> assertTrue(count > 850 && count < 1150, "was " + count));
    }

    @Test
    void charactersBeyondTheBasicPlaneCountAsOne() {
        Secret secret = Secret.make(resource(10, "😀😁"), new SplittableRandom(7));
        assertEquals(10, secret.text().codePointCount(0, secret.text().length()));
    }

    @Test
    void whatIsSavedIsReadBackAndAnyChangeOfItIsNoticed() {
        Secret secret = Secret.make(resource(8, "ab :#"), new SplittableRandom(7));
        String saved = secret.saved();
        assertEquals(Optional.of(secret), Secret.read(saved));
        for (int i = 0; i < saved.length(); i++) {
            String damaged = saved.substring(0, i) + "Z" + saved.substring(i + 1);
            assertEquals(Optional.empty(), Secret.read(damaged), "at " + i);
        }
        assertEquals(Optional.empty(), Secret.read(""));
    }

    @Test
    void itNeverShowsItself() {
        Secret secret = Secret.make(resource(8, "ab"), new SplittableRandom(7));
        assertFalse(secret.toString().contains(secret.text()));
    }
}
