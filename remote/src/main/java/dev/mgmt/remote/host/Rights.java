package dev.mgmt.remote.host;

import java.util.Optional;
import java.util.function.Supplier;

/** With whose rights a command of ours runs. */
public sealed interface Rights {
    Rights LOGIN = new Login();

    /** Those that the login has. */
    record Login() implements Rights {}

    /**
     * Another user's, by sudo.
     *
     * @param user name of that user there
     * @param password of the login's user, for hosts where sudo asks for it; a copy each time,
     *     which is overwritten after use; may ask a human and block
     */
    record Sudo(String user, Optional<Supplier<char[]>> password) implements Rights {}
}
