package dev.mgmt.remote.fleet;

import dev.mgmt.remote.host.Deadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/**
 * What the hosts of one run have in common.
 *
 * @param run this run's name in the store, unlike any other
 * @param inbox of the run's owner
 */
record RunContext(
        String run,
        FleetOptions options,
        Equipment equipment,
        StoreDoor door,
        Places places,
        Deadlines deadlines,
        Clock clock,
        HostRights rights,
        Inbox inbox) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 8;
    private static final Duration LINGER_WATCHING = Duration.ofMinutes(5);

    /** A word that nobody can guess. */
    static String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Who runs this, and where: told to those whose host it takes over. */
    String origin() {
        String machine;
        try {
            machine = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            machine = "another machine";
        }
        return System.getProperty("user.name") + "@" + machine;
    }

    Duration linger() {
        return options.linger()
                .orElse(options.convergedTimeout().isPresent() ? Duration.ZERO : LINGER_WATCHING);
    }

    void tell(FleetEvent event) {
        inbox.put(new FleetInput.Told(event, clock.now()));
    }
}
