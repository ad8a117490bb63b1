package dev.mgmt.engine.kind.download;

import java.net.URI;

/** What web addresses are to us. */
final class WebAddress {
    private WebAddress() {}

    /** Whether a file may be downloaded from there. */
    static boolean fits(URI url) {
        String host = url.getHost();
        return host != null && !host.isEmpty() && (isSecure(url) || hasScheme(url, "http"));
    }

    static boolean isSecure(URI url) {
        return hasScheme(url, "https");
    }

    /** Whether it is the same server that both lead to: what one may know the other may. */
    static boolean sameServer(URI one, URI other) {
        return isSecure(one) == isSecure(other)
                && port(one) == port(other)
                && one.getHost().equalsIgnoreCase(other.getHost());
    }

    /** Without its query: some servers are given their passwords there. */
    static String shown(URI url) {
        int query = url.toString().indexOf('?');
        return query < 0 ? url.toString() : url.toString().substring(0, query) + "?…";
    }

    private static boolean hasScheme(URI url, String scheme) {
        return scheme.equalsIgnoreCase(url.getScheme());
    }

    private static int port(URI url) {
        int standard = isSecure(url) ? 443 : 80;
        return url.getPort() < 0 ? standard : url.getPort();
    }
}
