package dev.mgmt.tunnel.config;

import java.util.Set;

/**
 * Names of the algorithms that connections can be made with, as the SSH protocol spells them.
 *
 * @param userKeys those that users' keys sign with
 */
public record Offer(
        Set<String> keyExchanges,
        Set<String> hostKeys,
        Set<String> userKeys,
        Set<String> ciphers,
        Set<String> macs) {
    public Offer {
        keyExchanges = Set.copyOf(keyExchanges);
        hostKeys = Set.copyOf(hostKeys);
        userKeys = Set.copyOf(userKeys);
        ciphers = Set.copyOf(ciphers);
        macs = Set.copyOf(macs);
    }
}
