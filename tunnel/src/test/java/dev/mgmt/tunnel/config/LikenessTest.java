package dev.mgmt.tunnel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines of ssh_config(5) make a difference between hosts. */
class LikenessTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  # Host a",
                "Host *",
                "host=*",
                "Match all",
                "User bob",
                "\tIdentityFile ~/.ssh/id",
                "Include more",
                "ProxyJump gw"
            })
    void thisHoldsForAll(String line) {
        assertTrue(Likeness.isForAll(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host a",
                "HOST * !a",
                "Host \"*\" # for now",
                "Match host a",
                "Match canonical all",
                "Match exec true",
                "HostName gw",
                "ControlPath ~/%C",
                "CanonicalizeHostname yes",
                "CanonicalDomains example.org",
                "\"Host\" a",
                "Host"
            })
    void thisMayMakeADifference(String line) {
        assertFalse(Likeness.isForAll(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"me@web", "ssh://web", "::1", "Web", "web.", "-v", "", "ä"})
    void namesThatTheClientMayWriteOtherwiseAreNotPlain(String host) {
        assertFalse(Likeness.isPlain(host));
    }

    @Test
    void namesAndAddressesArePlain() {
        assertTrue(Likeness.isPlain("web-1.example.org"));
        assertTrue(Likeness.isPlain("192.0.2.1"));
    }

    @Test
    void whereTheClientNamesNoFileNothingIsKnown() {
        assertFalse(Likeness.isShown(List.of("Reading configuration data")));
        assertFalse(Likeness.isShown(List.of("debug1: Reading configuration data /no/such/file")));
    }

    @Test
    void onlyWhatWasAskedWithIsAnsweredAnew() {
        ClientAnswer first = ClientAnswer.parse("user bob\nhostname a\nport 2222\n");

        ClientAnswer plain = Likeness.of(HostQuery.of("b"), first);
        assertEquals(Optional.of("b"), plain.first("hostname"));
        assertEquals(Optional.of("2222"), plain.first("port"));
        assertEquals(Optional.of("bob"), plain.first("user"));
        assertFalse(plain.options().contains("host"));
        HostQuery exact = new HostQuery("b", Optional.of(23), Optional.of("eve"), Optional.empty());
        assertEquals(Optional.of("23"), Likeness.of(exact, first).first("port"));
        assertEquals(Optional.of("eve"), Likeness.of(exact, first).first("user"));
    }
}
