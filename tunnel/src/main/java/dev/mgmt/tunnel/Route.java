package dev.mgmt.tunnel;

import java.util.Optional;

/** The way from here to a target's address. */
public sealed interface Route {
    /** Which of a name's addresses are tried. */
    enum AddressFamily {
        ANY,
        IPV4,
        IPV6
    }

    /**
     * TCP from this machine.
     *
     * @param source name or address of this machine's that connections come from
     */
    record Direct(AddressFamily family, Optional<String> source) implements Route {
        public static Direct anyhow() {
            return new Direct(AddressFamily.ANY, Optional.empty());
        }
    }

    /**
     * Over a connection to another host, which is opened, checked and logged in to first, once for
     * all targets behind it; it has a route of its own, so there may be any number of hops.
     */
    record Through(Target jump) implements Route {}

    /**
     * The standard input and output of a command on this machine.
     *
     * @param line for {@code sh -c}
     */
    record Command(String line) implements Route {}

    /** How many connections there are before the target's own. */
    default int hops() {
        return switch (this) {
            case Direct _, Command _ -> 0;
            case Through(Target jump) -> 1 + jump.route().hops();
        };
    }
}
