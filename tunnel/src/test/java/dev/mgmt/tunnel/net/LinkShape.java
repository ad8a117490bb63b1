package dev.mgmt.tunnel.net;

import java.time.Duration;

/**
 * What a link does to packets, each way alike.
 *
 * @param delay one way
 * @param loss of how many packets in a thousand
 * @param bitsPerSecond 0: as fast as it goes
 */
public record LinkShape(Duration delay, int loss, long bitsPerSecond) {
    public static final LinkShape PLAIN = new LinkShape(Duration.ZERO, 0, 0);

    public LinkShape delayed(Duration oneWay) {
        return new LinkShape(oneWay, loss, bitsPerSecond);
    }

    public LinkShape losing(int perMille) {
        return new LinkShape(delay, perMille, bitsPerSecond);
    }

    public LinkShape slow(long bits) {
        return new LinkShape(delay, loss, bits);
    }
}
