package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.kind.account.UserResource.Sharing;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** useradd(8) and its family. */
record ShadowTools(HostRoot root) implements AccountTools {
    @Override
    public void addGroup(String name, OptionalLong gid) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("groupadd"));
        gid.ifPresent(number -> line.addAll(List.of("-g", Long.toString(number))));
        line.addAll(List.of("--", name));
        root.run(line).expect("make the group " + name);
    }

    @Override
    public void renumberGroup(String name, long gid) throws IOException, InterruptedException {
        root.run(List.of("groupmod", "-g", Long.toString(gid), "--", name))
                .expect("change the group " + name);
    }

    @Override
    public void removeGroup(String name) throws IOException, InterruptedException {
        root.run(List.of("groupdel", "--", name)).expect("remove the group " + name);
    }

    @Override
    public void addUser(UserResource user, Wishes wishes) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("useradd"));
        options(user, wishes, line);
        if (wishes.homedir().isPresent()) {
            line.add("-m");
        }
        line.addAll(List.of("--", user.id().name()));
        root.run(line).expect("make the user " + user.id().name());
    }

    @Override
    public void changeUser(UserResource user, Wishes wishes)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("usermod"));
        options(user, wishes, line);
        line.addAll(List.of("--", user.id().name()));
        root.run(line).expect("change the user " + user.id().name());
    }

    @Override
    public void removeUser(String name) throws IOException, InterruptedException {
        root.run(List.of("userdel", "--", name)).expect("remove the user " + name);
    }

    private static void options(UserResource user, Wishes wishes, List<String> line) {
        wishes.uid().ifPresent(uid -> line.addAll(List.of("-u", Long.toString(uid))));
        if (wishes.uid().isPresent() && user.sharing() == Sharing.DUPLICATE) {
            line.add("-o");
        }
        wishes.group().ifPresent(group -> line.addAll(List.of("-g", group)));
        wishes.groups().ifPresent(groups -> line.addAll(List.of("-G", String.join(",", groups))));
        wishes.homedir().ifPresent(home -> line.addAll(List.of("-d", home)));
        wishes.shell().ifPresent(shell -> line.addAll(List.of("-s", shell)));
    }
}
