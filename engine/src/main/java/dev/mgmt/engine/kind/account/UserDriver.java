package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.resource.Presence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Accounts. */
final class UserDriver implements ResourceDriver<UserResource> {
    private final Accounts accounts;

    UserDriver(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Freshness freshness(UserResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(UserResource resource, OutputListener output) {
        return new UserKeeper(resource, accounts);
    }

    @Override
    public Optional<UserResource> reversed(UserResource resource) {
        return resource.state() == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(
                        new UserResource(
                                resource.id(),
                                resource.meta(),
                                Presence.ABSENT,
                                OptionalLong.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                resource.sharing()));
    }
}
