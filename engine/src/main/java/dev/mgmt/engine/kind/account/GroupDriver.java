package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.kind.account.AccountFiles.Group;
import dev.mgmt.engine.os.Turns;
import dev.mgmt.engine.resource.Presence;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Groups of accounts. */
final class GroupDriver implements ResourceDriver<GroupResource> {
    private final Accounts accounts;

    GroupDriver(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Freshness freshness(GroupResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(GroupResource resource, OutputListener output) {
        return new Keeper() {
            @Override
            public Outcome run(Attempt attempt) throws IOException, InterruptedException {
                try (Turns.Turn _ = accounts.turn()) {
                    return mend(resource, attempt);
                }
            }

            @Override
            public Watch watch(WatchListener listener) throws IOException {
                return accounts.watch(listener);
            }
        };
    }

    private Outcome mend(GroupResource resource, Attempt attempt)
            throws IOException, InterruptedException {
        String name = resource.id().name();
        Optional<Group> present = accounts.files().group(name);
        if (present.isEmpty() == (resource.state() == Presence.ABSENT)) {
            return present.isEmpty() ? Outcome.GOOD : number(resource, present.get(), attempt);
        }
        if (!attempt.checksOnly()) {
            switch (resource.state()) {
                case EXISTS -> accounts.tools().addGroup(name, resource.gid());
                case ABSENT -> accounts.tools().removeGroup(name);
            }
        }
        String detail = present.isEmpty() ? "absent → exists" : "exists → absent";
        return Outcome.of(attempt, List.of(new Outcome.Mending("state", detail)));
    }

    private Outcome number(GroupResource resource, Group present, Attempt attempt)
            throws IOException, InterruptedException {
        if (resource.gid().isEmpty() || resource.gid().getAsLong() == present.gid()) {
            return Outcome.GOOD;
        }
        long wanted = resource.gid().getAsLong();
        if (!attempt.checksOnly()) {
            accounts.tools().renumberGroup(present.name(), wanted);
        }
        String detail = present.gid() + " → " + wanted;
        return Outcome.of(attempt, List.of(new Outcome.Mending("gid", detail)));
    }
}
