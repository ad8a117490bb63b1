package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The programs that change the account files, with their locks and all that hangs on them. */
sealed interface AccountTools permits ShadowTools, BusyboxTools {
    /** Those of the package shadow where they are, else BusyBox's. */
    static AccountTools of(HostRoot root) throws FileFault {
        if (root.has("useradd") && root.has("groupadd")) {
            return new ShadowTools(root);
        }
        if (root.has("adduser") && root.has("addgroup")) {
            return new BusyboxTools(root);
        }
        throw new FileFault(
                "this host has neither useradd nor adduser (install the package passwd, shadow or"
                        + " shadow-utils)");
    }

    void addGroup(String name, OptionalLong gid) throws IOException, InterruptedException;

    void renumberGroup(String name, long gid) throws IOException, InterruptedException;

    void removeGroup(String name) throws IOException, InterruptedException;

    void addUser(UserResource user, Wishes wishes) throws IOException, InterruptedException;

    void changeUser(UserResource user, Wishes wishes) throws IOException, InterruptedException;

    void removeUser(String name) throws IOException, InterruptedException;

    /**
     * What an account should get; what is absent stays, or is up to the host.
     *
     * @param group the login group's name
     * @param groups names of exactly the further groups
     */
    record Wishes(
            OptionalLong uid,
            Optional<String> group,
            Optional<List<String>> groups,
            Optional<String> homedir,
            Optional<String> shell) {
        boolean none() {
            return uid.isEmpty()
                    && group.isEmpty()
                    && groups.isEmpty()
                    && homedir.isEmpty()
                    && shell.isEmpty();
        }
    }
}
