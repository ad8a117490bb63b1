package dev.mgmt.remote.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.remote.inventory.RemoteUrl.Parsing;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ssh://h1                      | h1 - - -
                    ssh://h1/                     | h1 - - -
                    SSH://h1.example.com:2222     | h1.example.com 2222 - -
                    ssh://root@h1                 | h1 - root -
                    ssh://root:secret@h1:22       | h1 22 root secret
                    ssh://us%40er:p%3A%2F+w@h1    | h1 - us@er p:/+w
                    ssh://a:b:c@h1                | h1 - a b:c
                    ssh://root@[2001:db8::1]      | 2001:db8::1 - root -
                    ssh://[::1]:2222              | ::1 2222 - -
                    ssh://[fe80::1%25eth0]        | fe80::1%eth0 - - -
                    //root@h1                     | h1 - root -
                    ssh://@h1                     | h1 - - -
                    """)
    void formsThatAreUnderstood(String text, String parts) {
        RemoteUrl url = assertInstanceOf(Parsing.Parsed.class, RemoteUrl.parse(text)).url();
        assertEquals(
                parts,
                "%s %s %s %s"
                        .formatted(
                                url.host(),
                                shown(url.port()),
                                shown(url.user()),
                                shown(url.password())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h1",
                "root@h1",
                "root@h1:22",
                "ssh:h1",
                "ssh://",
                "ssh://root@",
                "ssh://h1/path",
                "ssh://2001:db8::1",
                "ssh://[::1",
                "ssh://h1?x",
                "ssh://a@b@c"
            })
    void otherFormsAreRefused(String text) {
        assertEquals(
                new Parsing.Malformed("`remote` must be ssh://[user@]host[:port]"),
                RemoteUrl.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://h1:0", "ssh://h1:65536", "ssh://h1:ssh", "ssh://h1:"})
    void portsMustBePorts(String text) {
        assertEquals(
                new Parsing.Malformed("the port in `remote` must be from 1 to 65535"),
                RemoteUrl.parse(text));
    }

    @Test
    void messagesNeverShowAPassword() {
        for (String text : new String[] {"http://u:hush@h1", "ssh://u:hush@h1:0", "x u:hush@h1"}) {
            Parsing.Malformed malformed =
                    assertInstanceOf(Parsing.Malformed.class, RemoteUrl.parse(text));
            assertEquals(-1, malformed.message().indexOf("hush"), text);
        }
    }

    @Test
    void percentMustBeginAnEncoding() {
        assertEquals(
                new Parsing.Malformed("`remote` has a % that begins no percent-encoding"),
                RemoteUrl.parse("ssh://50%off@h1"));
    }

    private static String shown(Optional<?> part) {
        return part.map(Object::toString).orElse("-");
    }
}
