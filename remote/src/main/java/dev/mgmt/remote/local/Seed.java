package dev.mgmt.remote.local;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a store can be reached that another process keeps.
 *
 * @param account who asks, if the store wants to know
 */
public record Seed(Scheme scheme, String host, int port, Optional<Account> account) {
    private static final int USUAL_PORT = 2379;
    private static final String EXAMPLE = "http://127.0.0.1:2379";

    /** How the connection is made. */
    public enum Scheme {
        HTTP,
        HTTPS
    }

    public record Account(String user, String password) {
        /** Never the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * @param text such as {@code http://127.0.0.1:2379}
     * @throws IllegalArgumentException whose message says what is wrong with it
     */
    public static Seed of(String text) {
        URI uri = URI.create(text);
        Scheme scheme =
                switch (String.valueOf(uri.getScheme())) {
                    case "http" -> Scheme.HTTP;
                    case "https" -> Scheme.HTTPS;
                    default -> throw new IllegalArgumentException("is not like " + EXAMPLE);
                };
        String host = uri.getHost();
        boolean more = !List.of("", "/").contains(String.valueOf(uri.getPath()));
        if (host == null || more || uri.getQuery() != null) {
            throw new IllegalArgumentException("is not like " + EXAMPLE);
        }
        int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
        return new Seed(scheme, bare(host), port, account(uri.getUserInfo()));
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Optional<Account> account(@Nullable String userInfo) {
        if (userInfo == null) {
            return Optional.empty();
        }
        int colon = userInfo.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("names a user without a password: user:password@");
        }
        return Optional.of(
                new Account(userInfo.substring(0, colon), userInfo.substring(colon + 1)));
    }

    /** As people read it: without the account. */
    @Override
    public String toString() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return scheme.name().toLowerCase(Locale.ROOT) + "://" + shown + ":" + port;
    }
}
