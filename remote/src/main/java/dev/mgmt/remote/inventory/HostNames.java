package dev.mgmt.remote.inventory;

import java.util.Optional;
import java.util.regex.Pattern;

/** What may be a host's name, address, user or port. */
final class HostNames {
    /** Also a part of keys in the store: no slash, nothing that needs encoding in a path. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9._:%-]{0,252}");

    /** Never taken for an option by a command it may one day be handed to. */
    private static final Pattern WORD = Pattern.compile("[^\\s\\p{Cntrl}-][^\\s\\p{Cntrl}]*");

    private HostNames() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    static Optional<Integer> port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65535 ? Optional.of(port) : Optional.empty();
    }
}
