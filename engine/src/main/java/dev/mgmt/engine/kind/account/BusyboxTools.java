package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** BusyBox's adduser and its family, which can make and remove accounts but not change them. */
record BusyboxTools(HostRoot root) implements AccountTools {
    @Override
    public void addGroup(String name, OptionalLong gid) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("addgroup"));
        gid.ifPresent(number -> line.addAll(List.of("-g", Long.toString(number))));
        line.add(name);
        root.run(line).expect("make the group " + name);
    }

    @Override
    public void renumberGroup(String name, long gid) throws FileFault {
        throw unchangeable("the number of the group " + name);
    }

    @Override
    public void removeGroup(String name) throws IOException, InterruptedException {
        root.run(List.of("delgroup", name)).expect("remove the group " + name);
    }

    @Override
    public void addUser(UserResource user, Wishes wishes) throws IOException, InterruptedException {
        String name = user.id().name();
        List<String> line = new ArrayList<>(List.of("adduser", "-D"));
        wishes.homedir()
                .ifPresentOrElse(home -> line.addAll(List.of("-h", home)), () -> line.add("-H"));
        wishes.uid().ifPresent(uid -> line.addAll(List.of("-u", Long.toString(uid))));
        wishes.group().ifPresent(group -> line.addAll(List.of("-G", group)));
        wishes.shell().ifPresent(shell -> line.addAll(List.of("-s", shell)));
        line.add(name);
        root.run(line).expect("make the user " + name);
        if (wishes.groups().isPresent()) {
            join(name, wishes.groups().get());
        }
    }

    @Override
    public void changeUser(UserResource user, Wishes wishes)
            throws IOException, InterruptedException {
        String name = user.id().name();
        if (wishes.uid().isPresent()
                || wishes.group().isPresent()
                || wishes.homedir().isPresent()
                || wishes.shell().isPresent()) {
            throw unchangeable("the user " + name);
        }
        if (wishes.groups().isPresent()) {
            join(name, wishes.groups().get());
        }
    }

    @Override
    public void removeUser(String name) throws IOException, InterruptedException {
        root.run(List.of("deluser", name)).expect("remove the user " + name);
    }

    private void join(String user, List<String> groups) throws IOException, InterruptedException {
        Set<String> present = new HashSet<>(new AccountFiles(root).groupsWith(user));
        for (String group : groups) {
            if (!present.remove(group)) {
                root.run(List.of("addgroup", user, group)).expect("add " + user + " to " + group);
            }
        }
        for (String group : present) {
            root.run(List.of("delgroup", user, group)).expect("take " + user + " out of " + group);
        }
    }

    private static FileFault unchangeable(String what) {
        return new FileFault(
                "cannot change "
                        + what
                        + ": this host's BusyBox has no usermod or groupmod (install the package"
                        + " shadow)");
    }
}
