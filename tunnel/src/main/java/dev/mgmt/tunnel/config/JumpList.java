package dev.mgmt.tunnel.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of ProxyJump: hosts that are passed through in this order, as {@code [user@]host[:port]}
 * or {@code ssh://…}. As the client does it, the last host is what connects to the target, and the
 * ones before are what {@code -J} would say on the way to that one.
 */
record JumpList(HostQuery last) {
    private static final Pattern HOP =
            Pattern.compile(
                    "(?:ssh://)?(?:(?<user>[^/]+)@)?(?:\\[(?<six>[^]]+)]|(?<host>[^@:\\[\\]/]+))"
                            + "(?::(?<port>[0-9]{1,5}))?/?");

    /** An address of IPv6 without brackets cannot have a port behind it. */
    private static final Pattern BARE_SIX =
            Pattern.compile("(?:(?<user>[^/]+)@)?(?<host>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[^/@]*)");

    /** Empty if it is no such list. */
    static Optional<JumpList> parse(String value) {
        int comma = value.lastIndexOf(',');
        Optional<String> before =
                comma < 0 ? Optional.empty() : Optional.of(value.substring(0, comma).strip());
        return hop(value.substring(comma + 1).strip(), before).map(JumpList::new);
    }

    private static Optional<HostQuery> hop(String text, Optional<String> before) {
        Matcher hop = HOP.matcher(text);
        if (hop.matches()) {
            String host = hop.group("six") == null ? hop.group("host") : hop.group("six");
            Optional<Integer> port = Optional.ofNullable(hop.group("port")).map(Integer::valueOf);
            return Optional.of(
                    new HostQuery(host, port, Optional.ofNullable(hop.group("user")), before));
        }
        Matcher six = BARE_SIX.matcher(text);
        return six.matches()
                ? Optional.of(
                        new HostQuery(
                                six.group("host"),
                                Optional.empty(),
                                Optional.ofNullable(six.group("user")),
                                before))
                : Optional.empty();
    }
}
