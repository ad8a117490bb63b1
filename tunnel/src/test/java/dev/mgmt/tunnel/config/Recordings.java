package dev.mgmt.tunnel.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What clients of several versions answered; those of 9.2 as it printed them. */
final class Recordings {
    static final Offer OFFER =
            new Offer(
                    Set.of("curve25519-sha256"),
                    Set.of("ssh-ed25519", "rsa-sha2-512"),
                    Set.of("ssh-ed25519", "rsa-sha2-512"),
                    Set.of("aes128-ctr", "aes128-gcm@openssh.com"),
                    Set.of("hmac-sha2-256"));

    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOME", "/home/me", "SSH_AUTH_SOCK", "/run/agent", "OTHER", "/run/other");

    private Recordings() {}

    static ClientAnswer of(String name) {
        try (InputStream file =
                Objects.requireNonNull(
                        Recordings.class.getResourceAsStream("/ssh-G/" + name + ".txt"), name)) {
            return ClientAnswer.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reading reading(String defaults, String... overridden) {
        return new Reading(of(defaults), OFFER, Set.of(overridden), "/home/me", ENVIRONMENT::get);
    }

    static HostReader reader(String host, String name, String... overridden) {
        return new HostReader(reading("9.2-defaults", overridden), HostQuery.of(host), of(name));
    }
}
