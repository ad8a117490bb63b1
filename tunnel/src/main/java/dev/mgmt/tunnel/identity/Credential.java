package dev.mgmt.tunnel.identity;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Something that can prove who we are. */
public sealed interface Credential {
    /**
     * A private key file in OpenSSH's or PEM's format.
     *
     * @param passphrase asked at most once per file and only if it is encrypted; the array is wiped
     *     after use
     */
    record KeyFile(Path file, Supplier<char[]> passphrase) implements Credential {}

    /**
     * @param secret asked only when a host wants it; the array is wiped after use
     */
    record Password(Supplier<char[]> secret) implements Credential {}
}
