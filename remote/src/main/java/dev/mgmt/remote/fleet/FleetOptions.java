package dev.mgmt.remote.fleet;

import dev.mgmt.remote.inventory.HostSpec.Become;
import dev.mgmt.remote.reach.SshOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * How to run a fleet.
 *
 * @param convergedTimeout end when the fleet has been at rest for this long; empty: keep watching
 * @param timeout give up after this long
 * @param forks hosts brought up side by side
 * @param plan whether to change hosts or only look
 * @param linger how long an agent goes on without its laptop; empty: 5 minutes when watching, none
 *     otherwise
 * @param afterwards what becomes of the image on hosts
 * @param edits whether edited graph files are pushed
 * @param ssh, become, becomeUser what inventory and graphs leave open
 * @param pace how patient to be with a host; {@link Pace#USUAL} but in tests
 */
public record FleetOptions(
        Optional<Duration> convergedTimeout,
        Optional<Duration> timeout,
        int forks,
        Plan plan,
        Optional<Duration> linger,
        Afterwards afterwards,
        Edits edits,
        SshOptions ssh,
        Become become,
        String becomeUser,
        Pace pace) {
    public enum Plan {
        APPLY,
        NOOP
    }

    public enum Afterwards {
        KEEP_IMAGE,
        REMOVE_IMAGE
    }

    public enum Edits {
        PUSHED,
        IGNORED
    }
}
