package dev.mgmt.tunnel;

import java.util.List;
import java.util.Optional;

/**
 * Names that may be agreed upon, as the SSH protocol spells them and in the order of preference;
 * where there is no list, everything that is supported.
 *
 * @param smallestRsaKey of a host, in bits
 */
public record AlgorithmLimits(
        Optional<List<String>> keyExchanges,
        Optional<List<String>> hostKeys,
        Optional<List<String>> ciphers,
        Optional<List<String>> macs,
        int smallestRsaKey) {
    /** What OpenSSH asks for unless it is told otherwise. */
    public static final int SMALLEST_RSA_KEY = 1024;

    public static final AlgorithmLimits NONE =
            new AlgorithmLimits(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    SMALLEST_RSA_KEY);

    public AlgorithmLimits {
        keyExchanges = keyExchanges.map(List::copyOf);
        hostKeys = hostKeys.map(List::copyOf);
        ciphers = ciphers.map(List::copyOf);
        macs = macs.map(List::copyOf);
    }
}
