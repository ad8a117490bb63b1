package dev.mgmt.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BecomePasswordTest {
    @Test
    void itIsAskedOnceAndEverybodyGetsACopy() {
        AtomicInteger asked = new AtomicInteger();
        char[] typed = "secret".toCharArray();
        try (BecomePassword password =
                new BecomePassword(
                        () -> {
                            asked.incrementAndGet();
                            return typed;
                        })) {
            char[] first = password.get();
            Arrays.fill(first, 'x');

            assertArrayEquals("secret".toCharArray(), password.get());
            assertEquals(1, asked.get());
        }
        assertArrayEquals("      ".toCharArray(), typed);
    }
}
