package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialTest {
    @ParameterizedTest
    @CsvSource({"1000, 1 s", "997, 1 s", "1040, 1 s", "949, 0.9 s", "1500, 1.5 s", "30000, 30 s"})
    void spansAreSaidToTheTenth(long millis, String said) {
        assertEquals(said, Dial.seconds(Duration.ofMillis(millis)));
    }
}
