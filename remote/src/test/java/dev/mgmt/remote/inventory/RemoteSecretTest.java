package dev.mgmt.remote.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteSecretTest {
    @Test
    void userAndPasswordGoAndEveryLineStaysWhereItWas() {
        assertEquals(
                "graph: g # ü\nremote: ssh://h:22\nresources: {}\n",
                RemoteSecret.removed(
                        "graph: g # ü\nremote: ssh://u:pa%40ss@h:22\nresources: {}\n"));
    }

    @Test
    void howeverItIsWritten() {
        for (String line :
                List.of(
                        "remote: 'ssh://u:s3cret@h'",
                        "remote: \"ssh://u:s3cret@h\"",
                        "\"remote\": ssh://u:s3cret@h",
                        "\"rem\\x6fte\": ssh://u:s3cret@h",
                        "remote: \"ssh:\\x2f/u:s3cret\\x40h\"",
                        "remote: !!str ssh://u:s3cret@h",
                        "remote: &r ssh://u:s3cret@h",
                        "remote: //u:s3cret@h/",
                        "remote: >-\n  ssh://u:s3cret@h\nx: y",
                        "? remote\n: ssh://u:s3cret@h")) {
            String text = RemoteSecret.removed("graph: g\n" + line + "\n");
            assertFalse(text.contains("s3cret"), text);
        }
    }

    @Test
    void whatHoldsNoPasswordIsLeftAlone() {
        for (String text :
                List.of(
                        "graph: g\nremote: ssh://h\n",
                        "graph: g\n",
                        "- remote: ssh://u:p@h\n",
                        "graph: g\nresources: {file: [{name: remote, content: 'a//b@c'}]}\n")) {
            assertEquals(text, RemoteSecret.removed(text));
        }
    }
}
