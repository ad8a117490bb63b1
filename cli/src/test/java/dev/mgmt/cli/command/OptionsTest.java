package dev.mgmt.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionsTest {
    @ParameterizedTest
    @CsvSource({
        "5, PT5S",
        "0, PT0S",
        "500ms, PT0.5S",
        "1.5s, PT1.5S",
        "0.25, PT0.25S",
        "2m, PT2M",
        "1h, PT1H",
        "1d, PT24H"
    })
    void aDurationIsSecondsUnlessItSaysOtherwise(String text, Duration expected) {
        assertEquals(expected, Options.duration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-2", "5 s", "5x", "1e3", "five", "99999999999"})
    void whatIsNoDurationIsRefused(String text) {
        assertThrows(TypeConversionException.class, () -> Options.duration(text));
    }

    @Test
    void minusOneIsNever() {
        assertEquals(Optional.empty(), Options.orNever(Optional.of(Options.duration("-1"))));
        assertEquals(
                Optional.of(Duration.ZERO), Options.orNever(Optional.of(Options.duration("0"))));
    }
}
