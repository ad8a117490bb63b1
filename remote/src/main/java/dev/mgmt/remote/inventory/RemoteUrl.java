package dev.mgmt.remote.inventory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A graph's {@code remote:} key: {@code ssh://[user[:password]@]host[:port]}, the scheme optional,
 * IPv6 addresses in brackets, user and password percent-encoded where they must be (RFC 3986).
 */
record RemoteUrl(
        String host, Optional<Integer> port, Optional<String> user, Optional<String> password) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?//"
                            + "(?:(?<user>[^@:/]*)(?::(?<password>[^@/]*))?@)?"
                            + "(?:\\[(?<six>[^\\]/]+)]|(?<host>[^@:/?#\\[\\]]+))"
                            + "(?::(?<port>[^/:]*))?/?");

    sealed interface Parsing {
        record Parsed(RemoteUrl url) implements Parsing {}

        /** The message never repeats the URL: it may hold a password. */
        record Malformed(String message) implements Parsing {}
    }

    static Parsing parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return new Parsing.Malformed("`remote` must be ssh://[user@]host[:port]");
        }
        String scheme = form.group("scheme");
        if (scheme != null && !scheme.equalsIgnoreCase("ssh")) {
            return new Parsing.Malformed("`remote` must begin with ssh://, not " + scheme + "://");
        }
        Optional<Integer> port = Optional.empty();
        if (form.group("port") != null) {
            port = HostNames.port(form.group("port"));
            if (port.isEmpty()) {
                return new Parsing.Malformed("the port in `remote` must be from 1 to 65535");
            }
        }
        try {
            return new Parsing.Parsed(
                    new RemoteUrl(
                            host(form),
                            port,
                            decoded(form.group("user")),
                            decoded(form.group("password"))));
        } catch (IllegalArgumentException notPercentEncoded) {
            return new Parsing.Malformed("`remote` has a % that begins no percent-encoding");
        }
    }

    private static String host(Matcher form) {
        String six = form.group("six");
        return decoded(six != null ? six : form.group("host")).orElseThrow();
    }

    /** As {@link URLDecoder} does, but a plus is a plus. */
    private static Optional<String> decoded(@Nullable String part) {
        return Optional.ofNullable(part)
                .filter(text -> !text.isEmpty())
                .map(text -> URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
