package dev.mgmt.remote.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The scripts that a host runs for us. They are sent as a word of the command, so that nothing has
 * to lie on the host; each starts with the one file that names paths.
 */
public enum HostScript {
    /** Words: nonce, digests. Becomes the agent, or tells what the host is like. */
    PROBE("probe.sh"),
    /** Words: nonce, digest, cache, decompressor. Unpacks what comes in on standard input. */
    INSTALL("install.sh"),
    /** Words: nonce, digest, cache. Takes an image away. */
    REMOVE("remove.sh");

    private final String text;

    HostScript(String file) {
        text = bare(read("paths.sh") + read(file));
    }

    /** For a shell's {@code -c}. */
    String text() {
        return text;
    }

    private static String read(String file) {
        try (InputStream in = HostScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without comment lines and indents, which need not travel to every host. */
    private static String bare(String script) {
        StringBuilder bare = new StringBuilder();
        for (String line : script.lines().toList()) {
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                bare.append(text).append('\n');
            }
        }
        return bare.toString();
    }
}
