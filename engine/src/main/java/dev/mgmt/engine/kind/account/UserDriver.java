package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;

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
}
