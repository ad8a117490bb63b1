package dev.mgmt.remote.fleet;

import dev.mgmt.remote.image.AgentImages;
import dev.mgmt.remote.reach.Reach;
import dev.mgmt.tunnel.Tunnels;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a run works with and does not own.
 *
 * @param tunnels closed by the caller, after the run
 * @param reach of every host of the run
 * @param passphrases asked, at most once per file, for keys that are encrypted
 * @param password good for every host that wants one; a copy each time
 * @param becomePassword what sudo is told where it asks, good for every host; a copy each time
 */
public record Equipment(
        AgentImages images,
        Tunnels tunnels,
        Reach reach,
        Function<Path, char[]> passphrases,
        Optional<Supplier<char[]>> password,
        Optional<Supplier<char[]>> becomePassword) {}
