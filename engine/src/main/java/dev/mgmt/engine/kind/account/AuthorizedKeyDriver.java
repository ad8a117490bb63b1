package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;

/** Keys that users may log in with. */
final class AuthorizedKeyDriver implements ResourceDriver<AuthorizedKeyResource> {
    private final Accounts accounts;

    AuthorizedKeyDriver(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Freshness freshness(AuthorizedKeyResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(AuthorizedKeyResource resource, OutputListener output) {
        return new AuthorizedKeyKeeper(resource, accounts);
    }
}
