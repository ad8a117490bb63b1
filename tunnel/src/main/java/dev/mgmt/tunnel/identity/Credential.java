package dev.mgmt.tunnel.identity;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Something that can prove who we are. Keys of an agent are in {@link LoginRules}. */
public sealed interface Credential {
    /**
     * A private key file in OpenSSH's or PEM's format. A certificate beside it, {@code
     * FILE-cert.pub}, is shown first. If the agent holds the key, the agent signs and nothing is
     * asked; then a public key file is enough.
     *
     * @param passphrase asked at most once per file and only if it is encrypted; the array is wiped
     *     after use
     */
    record KeyFile(Path file, Supplier<char[]> passphrase) implements Credential {}

    /**
     * @param secret asked only when a host wants it; the array is wiped after use
     */
    record Password(Supplier<char[]> secret) implements Credential {}

    /**
     * Whatever the host asks of the person at the console, if there is one: three questions for a
     * password at most.
     */
    record Asked() implements Credential {}
}
