package dev.mgmt.engine.kind.account;

import static java.util.stream.Collectors.joining;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.account.AccountFiles.Group;
import dev.mgmt.engine.kind.account.AccountFiles.User;
import dev.mgmt.engine.kind.account.AccountTools.Wishes;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.Turns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps one account as it should be. */
final class UserKeeper implements Keeper {
    private final UserResource resource;
    private final String name;
    private final Accounts accounts;

    UserKeeper(UserResource resource, Accounts accounts) {
        this.resource = resource;
        this.accounts = accounts;
        name = resource.id().name();
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        try (Turns.Turn _ = accounts.turn()) {
            Optional<User> present = accounts.files().user(name);
            return switch (resource.state()) {
                case EXISTS -> present.isPresent() ? change(present.get(), attempt) : add(attempt);
                case ABSENT -> present.isPresent() ? remove(attempt) : Outcome.GOOD;
            };
        }
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException {
        return accounts.watch(listener);
    }

    private Outcome remove(Attempt attempt) throws IOException, InterruptedException {
        if (!attempt.checksOnly()) {
            accounts.tools().removeUser(name);
        }
        return Outcome.of(attempt, List.of(new Mending("state", "exists → absent")));
    }

    private Outcome add(Attempt attempt) throws IOException, InterruptedException {
        if (!attempt.checksOnly()) {
            Optional<String> group = resource.group();
            Optional<String> login =
                    group.isPresent()
                            ? Optional.of(groupName(group.get()))
                            : accounts.files().group(name).map(Group::name);
            Wishes wishes =
                    new Wishes(
                            resource.uid(),
                            login,
                            groupNames(),
                            resource.homedir(),
                            resource.shell());
            accounts.tools().addUser(resource, wishes);
        }
        return Outcome.of(attempt, List.of(new Mending("state", "absent → exists")));
    }

    private Outcome change(User present, Attempt attempt) throws IOException, InterruptedException {
        List<Mending> mendings = new ArrayList<>();
        OptionalLong uid = resource.uid();
        if (uid.isPresent()) {
            uid =
                    differs("uid", present.uid(), uid.getAsLong(), mendings)
                            ? uid
                            : OptionalLong.empty();
        }
        Wishes wishes =
                new Wishes(
                        uid,
                        login(present, attempt, mendings),
                        further(attempt, mendings),
                        text("homedir", present.home(), resource.homedir(), mendings),
                        text("shell", present.shell(), resource.shell(), mendings));
        if (!mendings.isEmpty() && !attempt.checksOnly()) {
            accounts.tools().changeUser(resource, wishes);
        }
        return Outcome.of(attempt, mendings);
    }

    private Optional<String> login(User present, Attempt attempt, List<Mending> mendings)
            throws IOException {
        if (resource.group().isEmpty()) {
            return Optional.empty();
        }
        String wanted = resource.group().get();
        Optional<Group> group = accounts.files().groupOf(wanted);
        if (group.isPresent() && group.get().gid() == present.gid()) {
            return Optional.empty();
        }
        String standing =
                accounts.files()
                        .groupOf(Long.toString(present.gid()))
                        .map(Group::name)
                        .orElse(Long.toString(present.gid()));
        mendings.add(new Mending("group", standing + " → " + wanted));
        return attempt.checksOnly() ? Optional.empty() : Optional.of(groupName(wanted));
    }

    private Optional<List<String>> further(Attempt attempt, List<Mending> mendings)
            throws IOException {
        if (resource.groups().isEmpty()) {
            return Optional.empty();
        }
        List<String> wanted = new ArrayList<>();
        for (String group : resource.groups()) {
            // Under noop, the graph may be going to make it.
            wanted.add(
                    attempt.checksOnly()
                            ? accounts.files().groupOf(group).map(Group::name).orElse(group)
                            : groupName(group));
        }
        List<String> present = accounts.files().groupsWith(name);
        List<String> sorted = wanted.stream().sorted().distinct().toList();
        return differs("groups", present, sorted, mendings)
                ? Optional.of(sorted)
                : Optional.empty();
    }

    private Optional<List<String>> groupNames() throws IOException {
        List<String> names = new ArrayList<>();
        for (String group : resource.groups()) {
            names.add(groupName(group));
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private String groupName(String text) throws IOException {
        return accounts.files()
                .groupOf(text)
                .map(Group::name)
                .orElseThrow(
                        () ->
                                new FileFault(
                                        "there is no group "
                                                + text
                                                + " on this host (a resource `group` makes one)"));
    }

    private static Optional<String> text(
            String property, String present, Optional<String> wanted, List<Mending> mendings) {
        return wanted.filter(text -> differs(property, present, text, mendings));
    }

    private static boolean differs(
            String property, Object present, Object wanted, List<Mending> mendings) {
        if (present.equals(wanted)) {
            return false;
        }
        mendings.add(new Mending(property, shown(present) + " → " + shown(wanted)));
        return true;
    }

    private static String shown(Object value) {
        String text =
                value instanceof List<?> list
                        ? list.stream().map(String::valueOf).collect(joining(","))
                        : String.valueOf(value);
        return text.isEmpty() ? "nothing" : text;
    }
}
