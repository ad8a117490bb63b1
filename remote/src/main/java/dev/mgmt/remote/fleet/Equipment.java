package dev.mgmt.remote.fleet;

import dev.mgmt.remote.image.AgentImages;
import dev.mgmt.remote.reach.Reach;
import dev.mgmt.tunnel.Tunnels;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What a run works with and does not own.
 *
 * @param tunnels closed by the caller, after the run
 * @param reach of every host of the run
 * @param passphrases asked, at most once per file, for keys that are encrypted
 */
public record Equipment(
        AgentImages images, Tunnels tunnels, Reach reach, Function<Path, char[]> passphrases) {}
