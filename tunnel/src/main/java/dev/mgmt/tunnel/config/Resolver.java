package dev.mgmt.tunnel.config;

/** Finds out how a host is reached. Safe for many threads; asks once for each question of a run. */
public sealed interface Resolver permits ClientResolver, PlainResolver {
    /** May take seconds where the configuration runs commands. */
    Resolution resolve(HostQuery query) throws InterruptedException;
}
