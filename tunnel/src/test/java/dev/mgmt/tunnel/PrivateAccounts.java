package dev.mgmt.tunnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * An account with a password that only one server sees: the machine's own files with a line more,
 * laid over them in that server's mount namespace. Needs root.
 */
public final class PrivateAccounts implements AutoCloseable {
    public static final String USER = "mgmt-tester";

    private static final String SCRIPT =
            """
            set -e
            mount --bind "$1/passwd" /etc/passwd
            mount --bind "$1/shadow" /etc/shadow
            mount --bind "$1/pam.d" /etc/pam.d
            shift
            exec "$@"
            """;

    private final Path directory;

    private PrivateAccounts(Path directory) {
        this.directory = directory;
    }

    /**
     * @param auth the lines of PAM's that ask, such as {@code auth required pam_unix.so}
     */
    public static PrivateAccounts withPassword(String password, String auth) {
        return with(password, auth, 19_000);
    }

    /** The password is right, and has to be changed. */
    public static PrivateAccounts withExpiredPassword(String password, String auth) {
        return with(password, auth + "\npassword required pam_unix.so", 0);
    }

    /**
     * @param changed the day of the last change, since 1970; 0: change it now
     */
    private static PrivateAccounts with(String password, String auth, int changed) {
        try {
            Path directory = Files.createTempDirectory("mgmt-accounts-");
            // The server reads keys as the account does.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            String hash =
                    LoopbackSshd.run(List.of("busybox", "mkpasswd", "-m", "sha512", password, "ab"))
                            .strip();
            Files.writeString(
                    directory.resolve("passwd"),
                    Files.readString(Path.of("/etc/passwd"))
                            + USER
                            + ":x:4242:4242::/tmp:/bin/sh\n");
            Files.writeString(
                    directory.resolve("shadow"),
                    Files.readString(Path.of("/etc/shadow"))
                            + USER
                            + ":"
                            + hash
                            + ":"
                            + changed
                            + ":0:99999:7:::\n");
            Path pam = Files.createDirectory(directory.resolve("pam.d"));
            Files.writeString(
                    pam.resolve("sshd"),
                    auth + "\naccount required pam_unix.so\nsession required pam_permit.so\n");
            Files.writeString(directory.resolve("script"), SCRIPT);
            return new PrivateAccounts(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to put before a command for it to see the account. */
    List<String> wrapper() {
        return List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                directory.resolve("script").toString(),
                directory.toString());
    }

    /** Where a key that the account may log in with is to be put. */
    public Path authorizedKeys() {
        return directory.resolve("authorized_keys");
    }

    @Override
    public void close() {
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
